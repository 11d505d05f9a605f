/** A decision table read from its DMN file: its columns, and its rules with the texts of their cells. */

export interface Column {
  id: string;
  label: string;
  /** what is looked at, as FEEL; of an output, its name */
  expression: string;
}
export interface Rule {
  id: string;
  inputs: readonly string[];
  outputs: readonly string[];
  note: string;
}
export interface Table {
  hitPolicy: string;
  inputs: readonly Column[];
  outputs: readonly Column[];
  rules: readonly Rule[];
}

/** Null for a decision that is no table, or is not there. */
export function tableOf(xml: string, decisionId: string): Table | null {
  const file = new DOMParser().parseFromString(xml, 'text/xml');
  const decision = [...file.getElementsByTagNameNS('*', 'decision')].find(
    (each) => each.getAttribute('id') === decisionId,
  );
  const table = decision && inside(decision, 'decisionTable')[0];
  if (!table) return null;
  return {
    hitPolicy: table.getAttribute('hitPolicy') ?? 'UNIQUE',
    inputs: inside(table, 'input').map((input) => columnOf(input, textIn(input, 'inputExpression'))),
    outputs: inside(table, 'output').map((output) => columnOf(output, output.getAttribute('name') ?? '')),
    rules: inside(table, 'rule').map((rule) => ({
      id: rule.getAttribute('id') ?? '',
      inputs: inside(rule, 'inputEntry').map(text),
      outputs: inside(rule, 'outputEntry').map(text),
      note: inside(rule, 'description')[0]?.textContent?.trim() ?? '',
    })),
  };
}

function inside(element: Element, name: string): Element[] {
  return [...element.children].filter((child) => child.localName === name);
}

function text(element: Element): string {
  return inside(element, 'text')[0]?.textContent?.trim() ?? '';
}

function textIn(element: Element, name: string): string {
  const holder = inside(element, name)[0];
  return holder ? text(holder) : '';
}

function columnOf(element: Element, expression: string): Column {
  return { id: element.getAttribute('id') ?? '', label: element.getAttribute('label') || expression, expression };
}
