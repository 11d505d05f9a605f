/** The filters of the inbox, as they stand in the address. */
import type { InboxView } from '../../api/types';
import type { InboxQuery } from '../../api/userTasks';

export const DUE = ['today', 'week'] as const;
const NAMES = ['q', 'process', 'due', 'priority'] as const;

export function queryOf(view: InboxView, params: URLSearchParams): InboxQuery {
  return {
    view,
    text: params.get('q') ?? '',
    process: params.get('process') ?? '',
    due: DUE.find((each) => each === params.get('due')) ?? '',
    urgent: params.get('priority') === 'high',
  };
}

/** What the address says besides the view, with changes; what is empty is left out. */
export function addressOf(params: URLSearchParams, changes: Record<string, string> = {}): Record<string, string> {
  const all = NAMES.map((name) => [name, changes[name] ?? params.get(name) ?? ''] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/** How many filters are chosen; the text is none. */
export function chosen(query: InboxQuery): number {
  return Number(query.process !== '') + Number(query.due !== '') + Number(query.urgent);
}
