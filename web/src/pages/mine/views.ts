/** The lists of one's own cases, as the address names them. */
import type { MyCaseFilter } from '../../api/myCases';

export const VIEWS = ['running', 'turn', 'others', 'late', 'ended'] as const;
export const PARTS = ['ANY', 'STARTED', 'WORKED'] as const;
export type View = (typeof VIEWS)[number];
export type Part = (typeof PARTS)[number];

const OF_VIEW: Record<View, MyCaseFilter> = {
  running: { state: { $in: ['ACTIVE', 'SUSPENDED'] } },
  turn: { turn: 'MINE' },
  others: { turn: 'OTHERS' },
  late: { late: true },
  ended: { state: { $in: ['COMPLETED', 'TERMINATED'] } },
};

export interface Wanted {
  view: View;
  part: Part;
  text: string;
}

/** What an address asks for; what it does not say, or says wrongly, is as usual. */
export function readWanted(params: URLSearchParams): Wanted {
  return {
    view: VIEWS.find((view) => view === params.get('view')) ?? 'running',
    part: PARTS.find((part) => part === params.get('part')) ?? 'ANY',
    text: params.get('q') ?? '',
  };
}

/** The address's search of it; what is usual is left out. */
export function writeWanted({ view, part, text }: Wanted): string {
  return new URLSearchParams({
    ...(view !== 'running' && { view }),
    ...(part !== 'ANY' && { part }),
    ...(text && { q: text }),
  }).toString();
}

export function filterOf({ view, part, text }: Wanted): MyCaseFilter {
  return { ...OF_VIEW[view], ...(part !== 'ANY' && { part }), ...(text && { text }) };
}
