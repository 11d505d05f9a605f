/** What the heat of a version can be drawn by, and how hot each element and flow is by it. */
import type { Heat, HeatElement } from '../../api/heat';

export const MEASURES = ['completed', 'active', 'waiting', 'working', 'late'] as const;
export type Measure = (typeof MEASURES)[number];

/** Colours: 0 is the coolest, shown for everything that the measure says something of. */
export const LEVELS = 5;

/** Counts, or seconds of the office's working time; null where the measure says nothing of the element. */
export function valueOf(element: HeatElement, measure: Measure): number | null {
  if (measure === 'completed') return element.completed || null;
  if (measure === 'active') return element.active || null;
  if (measure === 'late') return element.counted > 0 ? element.late : null;
  return (measure === 'waiting' ? element.officeWaiting : element.officeWorking).medianSeconds;
}

/** Equal parts of the way from nothing to the most. */
export function levelOf(value: number, most: number): number {
  return most <= 0 ? 0 : Math.min(LEVELS - 1, Math.floor((value / most) * LEVELS));
}

export interface Drawn {
  /** 0 to LEVELS - 1 */
  level: number;
  value: number;
}

/** By id of element; by id of flow, too, where what is counted is how often it was passed. */
export function heatOf(heat: Heat, measure: Measure): Map<string, Drawn> {
  const found: [string, number][] = heat.elements.flatMap((element): [string, number][] => {
    const value = valueOf(element, measure);
    return value === null ? [] : [[element.elementId, value]];
  });
  const most = Math.max(0, ...found.map(([, value]) => value));
  const drawn = new Map(found.map(([id, value]) => [id, { level: levelOf(value, most), value }]));
  if (measure === 'completed') {
    const busiest = Math.max(0, ...heat.flows.map(({ taken }) => taken));
    for (const { elementId, taken } of heat.flows)
      drawn.set(elementId, { level: levelOf(taken, busiest), value: taken });
  }
  return drawn;
}
