// bpmn-engine doing the twelve tasks: before each its state is read from SQLite and recovered, after each it is taken and
// written, durably. In: {diagram, database, cases, tasks, answers} as JSON. Out: the milliseconds of every step.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Engine } from 'bpmn-engine';

const { diagram, database, cases, tasks, answers } = JSON.parse(readFileSync(0, 'utf8'));
const db = new DatabaseSync(database);
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS state (key INTEGER PRIMARY KEY, state TEXT)');
const write = db.prepare('INSERT INTO state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET state = excluded.state');
const read = db.prepare('SELECT state FROM state WHERE key = ?');

async function keep(key, engine, execution) {
  const state = JSON.stringify(await engine.getState());
  if (execution.state === 'running') await execution.stop();
  write.run(key, state);
  return state.length;
}

async function begin(key) {
  const engine = new Engine({ name: 'peer', source: diagram });
  const execution = await engine.execute();
  return keep(key, engine, execution);
}

async function step(key, number) {
  const engine = new Engine().recover(JSON.parse(read.get(key).state));
  const execution = await engine.resume();
  const waiting = execution.getPostponed().map((one) => one.id);
  if (!waiting.includes(`t${number}`)) throw new Error(`waits for ${waiting}, not for t${number}`);
  execution.signal({ id: `t${number}`, ...answers });
  const ended = execution.getPostponed().length === 0;
  if (ended !== (number === tasks)) throw new Error(`after t${number}: ${execution.getPostponed().map((one) => one.id)}`);
  return keep(key, engine, execution);
}

const times = [];
let bytes = 0;
for (let key = 0; key < cases; key += 1) {
  await begin(key);
  for (let number = 1; number <= tasks; number += 1) {
    const began = performance.now();
    bytes = Math.max(bytes, await step(key, number));
    times.push(performance.now() - began);
  }
}
console.log(JSON.stringify({ times, bytes }));
