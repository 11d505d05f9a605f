/** Which events of a history are shown. */
import type { HistoryEvent } from '../../api/types';
import { isInternal } from './replay/eventText';

export interface TimelineFilter {
  /** also what the engine notes of its own working */
  all: boolean;
  type: string;
  person: string;
  element: string;
  text: string;
}

export const EVERYTHING: TimelineFilter = { all: false, type: '', person: '', element: '', text: '' };

/** `labels` says an event in words, for the search of a text. An empty part of the filter asks for nothing. */
export function filtered(
  events: readonly HistoryEvent[],
  filter: TimelineFilter,
  labels: (event: HistoryEvent) => string,
): readonly HistoryEvent[] {
  const text = filter.text.toLocaleLowerCase();
  return events.filter(
    (event) =>
      (filter.all || filter.type === event.type || !isInternal(event)) &&
      (!filter.type || event.type === filter.type) &&
      (!filter.person || event.actor === filter.person || event.onBehalfOf === filter.person) &&
      (!filter.element || event.elementId === filter.element) &&
      (!text || `${labels(event)} ${JSON.stringify(event.data)}`.toLocaleLowerCase().includes(text)),
  );
}

export interface Occurring {
  types: string[];
  persons: string[];
  elements: string[];
}

/** What occurs in a history, each once, in the order of its first time. */
export function occurring(events: readonly HistoryEvent[]): Occurring {
  const types = new Set<string>();
  const persons = new Set<string>();
  const elements = new Set<string>();
  for (const { type, actor, onBehalfOf, elementId } of events) {
    types.add(type);
    persons.add(actor);
    if (onBehalfOf) persons.add(onBehalfOf);
    if (elementId) elements.add(elementId);
  }
  return { types: [...types], persons: [...persons], elements: [...elements] };
}

/** The number of the last event that belongs to this one: of what the engine noted in its course, unless `all` is shown. */
export function throughOf(events: readonly HistoryEvent[], event: HistoryEvent, all: boolean): number {
  if (all || isInternal(event)) return event.sequence;
  const next = events.find((each) => each.sequence > event.sequence && !isInternal(each));
  return (next?.sequence ?? (events.at(-1)?.sequence ?? 0) + 1) - 1;
}
