/** Changes of a decision table, each of them whole: a column comes and goes with a cell in every rule. */
import { cellsOf, findDecision, type Column, type DecisionId } from './model';
import { first, freshId, inside, make, put, setAttribute, setText, swap, take } from './xml';

export type Side = 'input' | 'output';
export type ColumnTexts = Pick<Column, 'label' | 'expression' | 'type' | 'values' | 'otherwise'>;

const ENTRY = { input: 'inputEntry', output: 'outputEntry' } as const;
const VALUES = { input: 'inputValues', output: 'outputValues' } as const;

export function tableIn(file: Document, decision: DecisionId): Element {
  const found = findDecision(file, decision);
  const table = found && first(found, 'decisionTable');
  if (!table) throw new Error(`no decision table in ${decision}`);
  return table;
}

export function setCell(table: Element, row: number, column: number, text: string): void {
  const cell = cellsOf(ruleAt(table, row))[column];
  if (cell) setText(cell, text);
}

export function setNote(table: Element, row: number, text: string): void {
  describe(ruleAt(table, row), text);
}

/** Writes into the cells from this one on, as far as there are cells; rules are added where there are too few. */
export function setBlock(table: Element, row: number, column: number, texts: readonly (readonly string[])[]): void {
  texts.forEach((line, down) => {
    if (row + down >= inside(table, 'rule').length) addRule(table, row + down);
    line.forEach((text, right) => setCell(table, row + down, column + right, text));
  });
}

/** An empty rule that comes to stand at this place. */
export function addRule(table: Element, at: number): void {
  const file = table.ownerDocument;
  const rule = make(table, 'rule', { id: freshId(file, `${table.getAttribute('id') || 'table'}-rule-`) });
  put(table, rule, inside(table, 'rule')[at] ?? null);
  const kinds: [string, string, string][] = [
    ['input', 'inputEntry', '-'],
    ['output', 'outputEntry', ''],
    ['annotation', 'annotationEntry', ''],
  ];
  for (const [column, entry, text] of kinds) {
    inside(table, column).forEach(() => {
      const id = entry === 'annotationEntry' ? '' : `${rule.id}-${rule.children.length + 1}`;
      setText(put(rule, make(table, entry, { id })), text);
    });
  }
}

/** The same rule once more, below it. */
export function copyRule(table: Element, row: number): void {
  const copied = cellsOf(ruleAt(table, row)).map((cell) => first(cell, 'text')?.textContent ?? '');
  const note = first(ruleAt(table, row), 'description')?.textContent ?? '';
  addRule(table, row + 1);
  copied.forEach((text, column) => setCell(table, row + 1, column, text));
  if (note) setNote(table, row + 1, note);
}

export function removeRule(table: Element, row: number): void {
  take(ruleAt(table, row));
}

export function moveRule(table: Element, row: number, by: -1 | 1): void {
  swap(ruleAt(table, row), by);
}

/** A column at the end of its side, with an empty cell in every rule. */
export function addColumn(table: Element, side: Side, texts: ColumnTexts): void {
  const file = table.ownerDocument;
  const id = freshId(file, `${table.getAttribute('id') || 'table'}-${side}-`);
  const after = side === 'input' ? first(table, 'output', 'annotation', 'rule') : first(table, 'annotation', 'rule');
  const column = put(table, make(table, side, { id }), after);
  setColumn(table, side, inside(table, side).indexOf(column), texts);
  for (const rule of inside(table, 'rule')) {
    const next = side === 'input' ? first(rule, 'outputEntry', 'annotationEntry') : first(rule, 'annotationEntry');
    const cell = make(table, ENTRY[side], { id: freshId(file, `${id}-cell-`) });
    setText(put(rule, cell, next), side === 'input' ? '-' : '');
  }
}

export function setColumn(table: Element, side: Side, at: number, texts: ColumnTexts): void {
  const column = columnAt(table, side, at);
  setAttribute(column, 'label', texts.label);
  if (side === 'input') {
    const looked =
      first(column, 'inputExpression') ?? put(column, make(table, 'inputExpression'), column.firstElementChild);
    setText(looked, texts.expression);
    setAttribute(looked, 'typeRef', texts.type);
  } else {
    setAttribute(column, 'name', texts.expression);
    setAttribute(column, 'typeRef', texts.type);
  }
  holdText(column, VALUES[side], texts.values, first(column, 'defaultOutputEntry'));
  if (side === 'output') holdText(column, 'defaultOutputEntry', texts.otherwise, null);
}

/** A column with all its cells. */
export function removeColumn(table: Element, side: Side, at: number): void {
  take(columnAt(table, side, at));
  for (const rule of inside(table, 'rule')) {
    const cell = inside(rule, ENTRY[side])[at];
    if (cell) take(cell);
  }
}

export function moveColumn(table: Element, side: Side, at: number, by: -1 | 1): void {
  if (!inside(table, side)[at + by]) return;
  swap(columnAt(table, side, at), by);
  for (const rule of inside(table, 'rule')) {
    const cell = inside(rule, ENTRY[side])[at];
    if (cell) swap(cell, by);
  }
}

export function setHitPolicy(table: Element, policy: string, aggregation: string): void {
  table.setAttribute('hitPolicy', policy);
  setAttribute(table, 'aggregation', policy === 'COLLECT' ? aggregation : '');
}

/** The `description` of a rule or a decision, first in it; no text takes it away. */
export function describe(element: Element, text: string): void {
  const found = first(element, 'description');
  if (!text && found) take(found);
  else if (text) {
    const holder = found ?? put(element, make(element, 'description'), element.firstElementChild);
    holder.textContent = text;
  }
}

function holdText(column: Element, name: string, text: string, before: Element | null): void {
  const found = first(column, name);
  if (!text && found) take(found);
  else if (text) setText(found ?? put(column, make(column, name), before), text);
}

function ruleAt(table: Element, row: number): Element {
  return at(inside(table, 'rule'), row);
}

function columnAt(table: Element, side: Side, column: number): Element {
  return at(inside(table, side), column);
}

function at(elements: readonly Element[], index: number): Element {
  const found = elements[index];
  if (!found) throw new Error(`nothing at ${index}`);
  return found;
}
