/** Changes of a file of decisions beside its tables: decisions that come and go, what they say, what they require. */
import { findDecision, type DecisionId } from './model';
import { addColumn, addRule, describe } from './tableEdits';
import { first, freshId, inside, make, put, setText, take } from './xml';

export type Logic = 'table' | 'expression';

const NAMESPACE = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const EMPTY = { label: '', type: 'string', values: '', otherwise: '' };

/** A new file with one decision in it. */
export function newFile(id: string, name: string): string {
  const text =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<definitions xmlns="${NAMESPACE}" id="" name="" namespace="">\n</definitions>\n`;
  const file = new DOMParser().parseFromString(text, 'text/xml');
  const root = file.documentElement;
  root.setAttribute('id', `${id}-definitions`);
  root.setAttribute('name', name);
  root.setAttribute('namespace', `https://krabuan.org/decisions/${encodeURIComponent(id)}`);
  addDecision(file, id, name, 'table');
  return `${text.slice(0, text.indexOf('\n') + 1)}${new XMLSerializer().serializeToString(root)}\n`;
}

/** A table has one input, one output and one rule to begin with. */
export function addDecision(file: Document, id: DecisionId, name: string, logic: Logic): void {
  const root = file.documentElement;
  const last = inside(root, 'decision').at(-1);
  const decision = put(root, make(root, 'decision', { id, name }), last?.nextElementSibling ?? null);
  if (logic === 'expression') {
    setText(put(decision, make(root, 'literalExpression', { id: freshId(file, `${id}-expression-`) })), 'null');
    return;
  }
  const table = put(decision, make(root, 'decisionTable', { id: freshId(file, `${id}-table-`), hitPolicy: 'UNIQUE' }));
  addColumn(table, 'input', { ...EMPTY, expression: 'input' });
  addColumn(table, 'output', { ...EMPTY, expression: 'result' });
  addRule(table, 0);
}

/** A decision, with what others require of it and what is drawn of it. */
export function removeDecision(file: Document, id: DecisionId): void {
  const decision = findDecision(file, id);
  if (!decision) return;
  const own = decision.getAttribute('id');
  if (own) {
    for (const each of [...file.querySelectorAll('[href]')]) {
      if (each.getAttribute('href') === `#${own}` && each.parentElement) take(each.parentElement);
    }
    for (const each of [...file.querySelectorAll('[dmnElementRef]')]) {
      if (each.getAttribute('dmnElementRef') === own) take(each);
    }
  }
  take(decision);
}

export function renameDecision(file: Document, id: DecisionId, name: string): void {
  const decision = findDecision(file, id);
  // a decision without an id goes by its name
  if (decision?.getAttribute('id') && name) decision.setAttribute('name', name);
}

export function describeDecision(file: Document, id: DecisionId, text: string): void {
  const decision = findDecision(file, id);
  if (decision) describe(decision, text);
}

export function setExpression(file: Document, id: DecisionId, text: string): void {
  const decision = findDecision(file, id);
  const expression = decision && first(decision, 'literalExpression');
  if (expression) setText(expression, text);
}

/** The decision reads the result of another one of the file. */
export function addRequirement(file: Document, id: DecisionId, required: DecisionId): void {
  const decision = findDecision(file, id);
  if (!decision) return;
  const before = first(decision, 'informationRequirement', ...AFTER);
  const link = make(decision, 'informationRequirement', { id: freshId(file, `${id}-requires-`) });
  put(decision, link, before);
  put(link, make(decision, 'requiredDecision', { href: `#${required}` }));
}

export function removeRequirement(file: Document, id: DecisionId, href: string): void {
  const decision = findDecision(file, id);
  if (!decision) return;
  for (const link of inside(decision, 'informationRequirement', 'knowledgeRequirement')) {
    if ([...link.children].some((each) => each.getAttribute('href') === href)) take(link);
  }
}

/** What stands after requirements in a decision, as DMN orders it. */
const AFTER = [
  'knowledgeRequirement', 'authorityRequirement', 'supportedObjective', 'impactedPerformanceIndicator',
  'decisionMaker', 'decisionOwner', 'usingProcess', 'usingTask', 'decisionTable', 'literalExpression', 'context',
  'list', 'relation', 'invocation', 'functionDefinition', 'conditional', 'for', 'some', 'every', 'filter',
]; // prettier-ignore
