/** The choices of a walk, in the words of scenario files. */
import type { Beginning, Simulation, Step, Waiting } from '../../api/draftTrials';
import type { Variables } from '../../api/types';

/** Who acts where nobody is named. */
export const ANYBODY = 'owner';

const filled = (data: Variables) => (Object.keys(data).length > 0 ? { data } : {});

export function startOf({ kind, elementId, name }: Beginning, as: string, data: Variables): Step {
  if (kind === 'TIMER') return { timer: elementId };
  if (kind === 'CONDITION') return { evaluate: data };
  if (kind === 'MESSAGE') return { message: name, ...filled(data) };
  if (kind === 'SIGNAL') return { signal: name, ...filled(data) };
  return { as, ...filled(data) };
}

export function taskDone({ elementId, item }: Waiting, as: string, data: Variables): Step {
  return { task: elementId, as, ...(item !== null && { item }), ...filled(data) };
}

export function jobDone({ name }: Waiting, complete: Variables): Step {
  return { job: { type: name, complete } };
}

export function jobFailed({ name }: Waiting, error: string): Step {
  return { job: { type: name, error } };
}

/** A message or a signal that comes. */
export function happened({ kind, name, correlationKey }: Waiting, data: Variables): Step {
  if (kind === 'SIGNAL') return { signal: { name, ...filled(data) } };
  return { message: { name, ...(correlationKey && { key: correlationKey }), ...filled(data) } };
}

/** Somebody corrects what the case knows; a condition that waits may come true by that. */
export function corrected(data: Variables): Step {
  return { correct: { as: ANYBODY, data } };
}

export function clockTo({ dueDate }: Waiting): Step {
  return { until: dueDate };
}

/** What the end of a walk that is kept as a scenario must look like. */
export function expected({ state, standing }: Pick<Simulation, 'state' | 'standing'>): Step {
  return { expect: state === 'ACTIVE' ? { state, waiting: standing } : { state } };
}

/** The object that a text is, {} when it is empty; null when it is none. */
export function readData(text: string): Variables | null {
  if (text.trim() === '') return {};
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Variables) : null;
  } catch {
    return null;
  }
}
