/** What a DMN file says, as pages show it. Everything is addressed by its place: ids are optional in DMN. */
import { first, inside, textOf } from './xml';

/** Which decision: its id, or its name where it has none. */
export type DecisionId = string;

export interface Column {
  id: string;
  /** of the expression of an input: what is wrong with it is told of this */
  expressionId: string;
  /** Thai and English beside each other, `ระดับ | Level`; "" where there is none */
  label: string;
  /** of an input, what is looked at (FEEL); of an output, the name of the result */
  expression: string;
  type: string;
  /** the values that are allowed, FEEL */
  values: string;
  /** of an output: what comes out when no rule matches */
  otherwise: string;
}
export interface Cell {
  id: string;
  text: string;
}
export interface Rule {
  id: string;
  /** those of the inputs, the outputs and the annotations, in the order of the columns */
  cells: readonly Cell[];
  note: string;
}
export interface Table {
  id: string;
  hitPolicy: string;
  aggregation: string;
  inputs: readonly Column[];
  outputs: readonly Column[];
  annotations: readonly string[];
  rules: readonly Rule[];
}
export interface Required {
  kind: 'decision' | 'input' | 'knowledge';
  /** as the file refers to it: `#id`, or the namespace of another file before it */
  href: string;
  name: string;
}
export interface Decision {
  id: DecisionId;
  name: string;
  /** Thai and English beside each other */
  description: string;
  /** what expressions of other decisions call its result */
  variable: string;
  table: Table | null;
  expression: Cell | null;
  /** the kind of its logic when that is neither a table nor an expression, or there is none ("") */
  otherLogic: string | null;
  requires: readonly Required[];
}
export interface DecisionFile {
  name: string;
  decisions: readonly Decision[];
}

const LOGIC = [
  'decisionTable', 'literalExpression', 'context', 'list', 'relation', 'invocation', 'functionDefinition',
  'conditional', 'for', 'some', 'every', 'filter',
]; // prettier-ignore
const KINDS = { requiredDecision: 'decision', requiredInput: 'input', requiredKnowledge: 'knowledge' } as const;

export function readFile(file: Document): DecisionFile {
  const root = file.documentElement;
  return { name: root.getAttribute('name') ?? '', decisions: inside(root, 'decision').map(decisionOf) };
}

export function idOf(decision: Element): DecisionId {
  return decision.getAttribute('id') || (decision.getAttribute('name') ?? '');
}

export function findDecision(file: Document, id: DecisionId): Element | null {
  return inside(file.documentElement, 'decision').find((each) => idOf(each) === id) ?? null;
}

function decisionOf(element: Element): Decision {
  const logic = first(element, ...LOGIC);
  const kind = logic?.localName ?? '';
  const name = element.getAttribute('name') ?? '';
  return {
    id: idOf(element),
    name: name || idOf(element),
    description: first(element, 'description')?.textContent?.trim() ?? '',
    variable: first(element, 'variable')?.getAttribute('name') || name,
    table: logic && kind === 'decisionTable' ? tableOf(logic) : null,
    expression: logic && kind === 'literalExpression' ? { id: attribute(logic, 'id'), text: textOf(logic) } : null,
    otherLogic: kind === 'decisionTable' || kind === 'literalExpression' ? null : kind,
    requires: requiredOf(element),
  };
}

function tableOf(table: Element): Table {
  return {
    id: attribute(table, 'id'),
    hitPolicy: (table.getAttribute('hitPolicy') || 'UNIQUE').toUpperCase().replaceAll('_', ' '),
    aggregation: attribute(table, 'aggregation').toUpperCase(),
    inputs: inside(table, 'input').map((input) => {
      const expression = first(input, 'inputExpression');
      return {
        ...columnOf(input, 'inputValues'),
        expressionId: expression ? attribute(expression, 'id') : '',
        expression: textOf(expression),
        type: attribute(expression ?? input, 'typeRef'),
      };
    }),
    outputs: inside(table, 'output').map((output) => columnOf(output, 'outputValues')),
    annotations: inside(table, 'annotation').map((each) => attribute(each, 'name')),
    rules: inside(table, 'rule').map((rule) => ({
      id: attribute(rule, 'id'),
      cells: cellsOf(rule).map((cell) => ({ id: attribute(cell, 'id'), text: textOf(cell) })),
      note: first(rule, 'description')?.textContent?.trim() ?? '',
    })),
  };
}

/** The cells of a rule in the order of the columns. */
export function cellsOf(rule: Element): Element[] {
  return ['inputEntry', 'outputEntry', 'annotationEntry'].flatMap((kind) => inside(rule, kind));
}

function columnOf(element: Element, values: string): Column {
  return {
    id: attribute(element, 'id'),
    expressionId: '',
    label: attribute(element, 'label'),
    expression: attribute(element, 'name'),
    type: attribute(element, 'typeRef'),
    values: textOf(first(element, values)),
    otherwise: textOf(first(element, 'defaultOutputEntry')),
  };
}

function requiredOf(decision: Element): Required[] {
  return inside(decision, 'informationRequirement', 'knowledgeRequirement').flatMap((link) => {
    const target = first(link, ...Object.keys(KINDS));
    if (!target) return [];
    const href = attribute(target, 'href');
    return [{ kind: KINDS[target.localName as keyof typeof KINDS], href, name: nameAt(target.ownerDocument, href) }];
  });
}

/** What a reference names; of another file, the reference itself. */
function nameAt(file: Document, href: string): string {
  const found = [...file.documentElement.children].find((each) => `#${attribute(each, 'id')}` === href);
  return found?.getAttribute('name') || href.replace(/^#/, '');
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name)?.trim() ?? '';
}
