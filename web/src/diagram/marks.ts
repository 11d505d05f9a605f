/** What a case has done, drawn on its diagram. */
import type NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { formatNumber } from '../dates/format';
import type { Language } from '../i18n';
import { DIFFERENCES, SIGNS, type Differences } from './differences';

export interface Marks {
  /** elements where the case stands now */
  active: readonly string[];
  /** sequence flows that it took */
  taken: readonly string[];
  /** how often each element was completed */
  counts: Readonly<Record<string, number>>;
  /** how hot elements and flows are, from 0 to HEAT - 1, and the figure that says so */
  heat?: Readonly<Record<string, { level: number; text: string }>>;
  /** elements and flows that nothing went through */
  missed?: readonly string[];
  /** how elements and flows differ from another version */
  differences?: Differences;
}

const HEAT = 5;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** A connection has waypoints, and what holds others has children. */
type Drawn = Box & { waypoints?: unknown; children?: readonly unknown[] };
export interface Canvas {
  viewbox: (box?: Box) => Box & { inner?: Box };
  resized: () => void;
  addMarker: (id: string, marker: string) => void;
  removeMarker: (id: string, marker: string) => void;
  zoom: (level?: number | 'fit-viewport', center?: 'auto') => number;
}
interface Overlays {
  add: (id: string, type: string, overlay: { position: object; html: HTMLElement; scale: { min: number } }) => void;
  remove: (filter: { type: string }) => void;
}
export interface Registry {
  get: (id: string) => Drawn | undefined;
  forEach: (each: (element: Drawn & { id: string }) => void) => void;
}

const ACTIVE = 'krabuan-active';
const TAKEN = 'krabuan-taken';
const MISSED = 'krabuan-missed';
const COUNT = 'krabuan-count';
/** Counts don't shrink below this with the diagram. */
const READABLE = 0.55;

/** Puts exactly these marks on; those of before go. Elements that the diagram lacks are passed over. */
export function mark(viewer: NavigatedViewer, marks: Marks, language: Language): void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<Registry>('elementRegistry');
  const overlays = viewer.get<Overlays>('overlays');
  const active = new Set(marks.active);
  const taken = new Set(marks.taken);
  const missed = new Set(marks.missed);
  registry.forEach(({ id, children }) => {
    set(canvas, id, ACTIVE, active.has(id));
    set(canvas, id, TAKEN, taken.has(id));
    set(canvas, id, MISSED, missed.has(id));
    // what holds others stays as it is: their names are to be read on its ground
    const level = children?.length ? undefined : marks.heat?.[id]?.level;
    for (const each of DIFFERENCES) set(canvas, id, `krabuan-${each}`, marks.differences?.[id] === each);
    for (let each = 0; each < HEAT; each += 1) set(canvas, id, `krabuan-heat-${each}`, each === level);
  });
  overlays.remove({ type: COUNT });
  const note = (id: string, text: string) => {
    if (!registry.get(id)) return;
    const html = document.createElement('div');
    html.className = 'diagram-count';
    html.textContent = text;
    overlays.add(id, COUNT, { position: { top: -16, left: -12 }, html, scale: { min: READABLE } });
  };
  for (const [id, count] of Object.entries(marks.counts)) if (count > 0) note(id, formatNumber(count, language));
  for (const [id, each] of Object.entries(marks.differences ?? {}))
    if (!registry.get(id)?.waypoints) note(id, SIGNS[each]);
  // beside a flow there is no room that names do not need: it is drawn thicker instead
  for (const [id, { text }] of Object.entries(marks.heat ?? {})) if (!registry.get(id)?.waypoints) note(id, text);
}

function set(canvas: Canvas, id: string, marker: string, on: boolean): void {
  if (on) canvas.addMarker(id, marker);
  else canvas.removeMarker(id, marker);
}

/** Moves the view so that the element stands in its middle, unless it can be seen already; the scale stays. */
export function reveal(viewer: NavigatedViewer, id: string): void {
  const canvas = viewer.get<Canvas>('canvas');
  const element = viewer.get<Registry>('elementRegistry').get(id);
  if (!element) return;
  const view = canvas.viewbox();
  const { width, height } = view;
  const inside =
    element.x >= view.x &&
    element.y >= view.y &&
    element.x + element.width <= view.x + width &&
    element.y + element.height <= view.y + height;
  if (inside) return;
  const x = element.x + element.width / 2 - width / 2;
  const y = element.y + element.height / 2 - height / 2;
  canvas.viewbox({ x, y, width, height });
}
