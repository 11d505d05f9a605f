/** What two drawings of one process differ in: from the words about them, and from where things are drawn. */
import type { ModelChange } from '../api/modelComparisons';

export const DIFFERENCES = ['added', 'removed', 'changed', 'moved'] as const;
export type Difference = (typeof DIFFERENCES)[number];
export type Differences = Readonly<Record<string, Difference>>;
/** Beside its colour: what each is known by. */
export const SIGNS: Readonly<Record<Difference, string>> = { added: '+', removed: '−', changed: '≠', moved: '↔' };

const DI = 'http://www.omg.org/spec/BPMN/20100524/DI';
const DC = 'http://www.omg.org/spec/DD/20100524/DC';

/** By element id. What is said to be different is never only moved. */
export function differencesOf(changes: readonly ModelChange[], before: string, after: string): Differences {
  const found: Record<string, Difference> = {};
  const [then, now] = [placesOf(before), placesOf(after)];
  for (const [id, place] of now) if (then.has(id) && then.get(id) !== place) found[id] = 'moved';
  for (const { part, id, code } of changes) {
    if (part !== 'ELEMENT' && part !== 'FLOW') continue;
    if (code === 'element-added' || code === 'flow-added') found[id] = 'added';
    else if (code === 'element-removed' || code === 'flow-removed') found[id] = 'removed';
    else if (found[id] !== 'added' && found[id] !== 'removed') found[id] = 'changed';
  }
  return found;
}

/** Where each shape is drawn, by the id of its element; nothing of a diagram that cannot be read. */
function placesOf(xml: string): Map<string, string> {
  const places = new Map<string, string>();
  for (const shape of new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS(DI, 'BPMNShape')) {
    const id = shape.getAttribute('bpmnElement');
    const bounds = [...shape.children].find((child) => child.namespaceURI === DC && child.localName === 'Bounds');
    if (id && bounds) {
      places.set(id, ['x', 'y', 'width', 'height'].map((name) => Number(bounds.getAttribute(name))).join(' '));
    }
  }
  return places;
}
