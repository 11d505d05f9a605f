// Times feelin inside this process: node feelin.mjs < questions.json > answers.json
//
// It reads {scope, conditions: [text], table: {inputs: [text], rows: [[test, test, result]]}} and writes, for each condition and
// for the table, its value and the median microseconds of one evaluation. feelin keeps nothing between evaluations:
// it parses anew each time, as its `evaluate` is the only way in.

import { readFileSync } from 'node:fs';
import { evaluate, unaryTest } from '@bpmn-io/feelin';

const ROUNDS = 200;
const ROUND_NS = 1_000_000n; // short, so that few rounds are interrupted by other processes
const WARM_ROUNDS = 300n;

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** The median microseconds of one call: warmed up, then in rounds of a millisecond each. */
function timed(call) {
  let times = 0;
  const warm = process.hrtime.bigint();
  while (process.hrtime.bigint() - warm < WARM_ROUNDS * ROUND_NS) {
    call();
    times++;
  }
  const batch = Math.max(1, Math.round(times / Number(WARM_ROUNDS)));
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.hrtime.bigint();
    for (let i = 0; i < batch; i++) call();
    rounds.push(Number(process.hrtime.bigint() - began) / 1000 / batch);
  }
  return median(rounds);
}

/** The result of the one rule that matches, as a UNIQUE table asks every rule. */
function decide({ inputs, rows }, scope) {
  const seen = inputs.map((text) => evaluate(text, scope).value);
  const found = rows.filter((row) => inputs.every((_, i) => unaryTest(row[i], { ...scope, '?': seen[i] }).value));
  return found.length === 1 ? evaluate(found[0][inputs.length], scope).value : null;
}

const { scope, conditions, table } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(
  JSON.stringify({
    conditions: conditions.map((text) => ({
      value: evaluate(text, scope).value,
      us: timed(() => evaluate(text, scope)),
    })),
    table: { value: decide(table, scope), us: timed(() => decide(table, scope)) },
  }),
);
