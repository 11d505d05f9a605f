/** What the inbox shows and how, as it stands in the address. */
import { DUE, SORTS, type InboxQuery, type InboxVariable } from '../../api/inbox';
import type { InboxView, SavedFilter, SavedView } from '../../api/types';

/** `delegated` is part of what waits for others. */
export type View = Exclude<InboxView, 'delegated'>;
export const VIEWS: readonly View[] = [
  'mine',
  'groups',
  'today',
  'overdue',
  'dueSoon',
  'waiting',
  'toSign',
  'snoozed',
  'done',
];
export const COLUMNS = ['process', 'case', 'assignee', 'unit', 'due', 'priority', 'created', 'followUp'] as const;
export type Column = (typeof COLUMNS)[number];
export const USUAL_COLUMNS: readonly Column[] = ['process', 'assignee', 'due'];
export const GROUPINGS = ['none', 'process', 'due', 'case'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Display {
  columns: readonly Column[];
  grouping: Grouping;
}

/** The parts of the address that narrow the list. */
export const NARROWING = ['process', 'unit', 'case', 'due', 'priority', 'unread', 'followUp', 'var'] as const;
export type Narrowing = (typeof NARROWING)[number];
const NAMES = ['q', ...NARROWING, 'columns', 'grouping', 'sort', 'saved'] as const;
export type Changes = Partial<Record<(typeof NAMES)[number], string>>;

/** Bookmarks may still have `delegated`. */
export function viewOf(params: URLSearchParams): View {
  const asked = params.get('view');
  return asked === 'delegated' ? 'waiting' : (VIEWS.find((each) => each === asked) ?? 'mine');
}

export function queryOf(view: View, params: URLSearchParams): InboxQuery {
  return {
    view,
    text: params.get('q') ?? '',
    process: params.get('process') ?? '',
    unit: params.get('unit') ?? '',
    businessId: params.get('case') ?? '',
    due: DUE.find((each) => each === params.get('due')) ?? '',
    urgent: params.get('priority') === 'high',
    unread: params.get('unread') === 'yes',
    followUp: params.get('followUp') === 'yes',
    variables: variablesOf(params.get('var') ?? ''),
    sort: SORTS.find((each) => each === params.get('sort')) ?? 'due',
  };
}

export function displayOf(params: URLSearchParams): Display {
  const asked = params.get('columns')?.split(' ');
  return {
    columns: asked ? COLUMNS.filter((each) => asked.includes(each)) : USUAL_COLUMNS,
    grouping: GROUPINGS.find((each) => each === params.get('grouping')) ?? 'none',
  };
}

/** What the address says besides the view, with changes; what is empty is left out. */
export function addressOf(params: URLSearchParams, changes: Changes = {}): Record<string, string> {
  const all = NAMES.map((name) => [name, changes[name] ?? params.get(name) ?? ''] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/** How many filters are chosen; the text is none. */
export function chosen(query: InboxQuery): number {
  const { process, unit, businessId, due, urgent, unread, followUp, variables } = query;
  return [process, unit, businessId, due, urgent, unread, followUp].filter(Boolean).length + variables.length;
}

/** `name=value`, several of them with a comma and a space between. */
export function variableText(variables: readonly InboxVariable[]): string {
  return variables.map(({ name, value }) => `${name}=${value}`).join(', ');
}

export function variablesOf(text: string): InboxVariable[] {
  return text
    .split(', ')
    .map((part) => ({
      name: part.slice(0, part.indexOf('=')).trim(),
      value: part.slice(part.indexOf('=') + 1).trim(),
      whole: part.includes('='),
    }))
    .filter(({ name, whole }) => whole && name !== '')
    .map(({ name, value }) => ({ name, value }));
}

/** What of the address is kept in a saved view. */
export function contentOf(query: InboxQuery, display: Display): Omit<SavedView, 'inboxViewKey' | 'name' | 'rev'> {
  const { text, process, unit, businessId, due, urgent, unread, followUp, variables } = query;
  const filter: SavedFilter = {
    ...(text && { text }),
    ...(process && { process }),
    ...(unit && { unit }),
    ...(businessId && { businessId }),
    ...(due && { due }),
    ...(urgent && { urgent }),
    ...(unread && { unread }),
    ...(followUp && { followUp }),
    ...(variables.length > 0 && { variables: [...variables] }),
  };
  return { view: query.view, filter, columns: [...display.columns], grouping: display.grouping, sort: query.sort };
}

/** The address that shows a saved view. */
export function addressOfSaved({ inboxViewKey, view, filter, columns, grouping, sort }: SavedView): string {
  const parts: Changes & { view: string } = {
    view,
    saved: inboxViewKey,
    q: filter.text ?? '',
    process: filter.process ?? '',
    unit: filter.unit ?? '',
    case: filter.businessId ?? '',
    due: filter.due ?? '',
    priority: filter.urgent ? 'high' : '',
    unread: filter.unread ? 'yes' : '',
    followUp: filter.followUp ? 'yes' : '',
    var: variableText(filter.variables ?? []),
    columns: columns.join(' '),
    grouping: grouping === 'none' ? '' : grouping,
    sort: sort === 'due' ? '' : sort,
  };
  const said = Object.entries(parts).filter(([, value]) => value !== '');
  return new URLSearchParams(said).toString();
}
