/** Reminders, clocks of the law and duties of an element, read and written; what is not entered here stays as it was. */
import type { Texts } from '../api/types';
import { attributesOf, ofType, textElements, textsOf, withExtensions } from './extensions';
import type { Create, Moddle } from './moddle';

export const WHENS = ['due', 'before', 'after', 'overdue'] as const;
export type When = (typeof WHENS)[number];
export const ACTIONS = ['notify', 'raisePriority', 'reassign'] as const;

export interface Reminder {
  /** of the clock that it is about; empty: the task's own due time */
  deadline: string;
  when: When;
  /** ISO 8601; empty when it falls due with what it is about */
  length: string;
  calendar: string;
  /** performer, group, head, role:<key>, a group or a person */
  to: string[];
  action: string;
  repeat: string;
  /** as it stands in the diagram; of a new one nothing */
  kept: Record<string, unknown>;
}

const REMINDER = 'krabuan:Reminder';
const DEADLINE = 'krabuan:Deadline';
const DUTY = 'krabuan:Duty';

export function remindersOf(element: Moddle): Reminder[] {
  return ofType(element, REMINDER).map((each) => {
    const when = WHENS.find((one) => one !== 'due' && each.get(one)) ?? 'due';
    return {
      deadline: each.get('deadline') ?? '',
      when,
      length: when === 'due' ? '' : (each.get(when) ?? ''),
      calendar: each.get('calendar') ?? 'calendar',
      to: wordsOf(each.get('to') ?? 'performer'),
      action: each.get('action') ?? 'notify',
      repeat: each.get('repeat') ?? '',
      kept: attributesOf(each),
    };
  });
}

/** With exactly these reminders. One that has no length yet falls due with what it is about. */
export function withReminders(element: Moddle, reminders: readonly Reminder[], create: Create): Moddle {
  const wanted = reminders.map(({ kept, when, length, to, deadline, repeat, calendar, action }) =>
    create(REMINDER, {
      ...kept,
      ...{ before: undefined, after: undefined, overdue: undefined },
      ...(when !== 'due' && length && { [when]: length }),
      deadline: deadline || undefined,
      calendar: calendar === 'calendar' ? undefined : calendar,
      to: to.join(' ') || 'performer',
      action: action === 'notify' ? undefined : action,
      repeat: repeat || undefined,
    }),
  );
  return withExtensions(element, REMINDER, wanted, create);
}

export interface Deadline {
  id: string;
  text: Texts;
  from: string;
  duration: string;
  at: string;
  calendar: string;
  stoppedBy: string;
  lateUntil: string;
  lateReasonsField: string;
  overseers: string[];
}

const PLAIN = ['from', 'duration', 'at', 'calendar', 'stoppedBy', 'lateUntil', 'lateReasonsField'] as const;

export function deadlinesOf(element: Moddle): Deadline[] {
  return ofType(element, DEADLINE).map((each) => ({
    id: each.get('id') ?? '',
    text: textsOf(each),
    ...(Object.fromEntries(PLAIN.map((name) => [name, each.get(name) ?? ''])) as Pick<
      Deadline,
      (typeof PLAIN)[number]
    >),
    overseers: wordsOf(each.get('overseers') ?? ''),
  }));
}

export function withDeadlines(element: Moddle, deadlines: readonly Deadline[], create: Create): Moddle {
  const before = new Map(ofType(element, DEADLINE).map((each) => [each.get('id'), each]));
  const wanted = deadlines.map(({ id, text, overseers, ...plain }) => {
    const old = before.get(id);
    return create(DEADLINE, {
      kind: 'statutory',
      ...(old && attributesOf(old)),
      ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, value || undefined])),
      id,
      texts: textElements(text, create),
      overseers: overseers.join(' ') || undefined,
    });
  });
  return withExtensions(element, DEADLINE, wanted, create);
}

export interface Duty {
  type: string;
  /** an element, or `starter` */
  element: string;
}

export function dutiesOf(element: Moddle): Duty[] {
  return ofType(element, DUTY).map((each) => ({ type: each.get('type') ?? '', element: each.get('element') ?? '' }));
}

export function withDuties(element: Moddle, duties: readonly Duty[], create: Create): Moddle {
  return withExtensions(
    element,
    DUTY,
    duties.map((duty) => create(DUTY, duty)),
    create,
  );
}

/** Blanks or commas stand between words. */
function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

export interface Placed {
  id: string;
  name: string;
}

/** The flow nodes of a kind in a process and in all its sub-processes, by their names. */
export function nodesOf(process: Moddle, kind: string): Placed[] {
  return (process.get<Moddle[] | undefined>('flowElements') ?? []).flatMap((each) => [
    ...(each.$instanceOf(kind) ? [{ id: each.get('id') ?? '', name: each.get('name') || each.get('id') || '' }] : []),
    ...(each.$instanceOf('bpmn:SubProcess') ? nodesOf(each, kind) : []),
  ]);
}

export function processOf(element: Moddle): Moddle | undefined {
  let at: Moddle | undefined = element;
  while (at && !at.$instanceOf('bpmn:Process')) at = at.$parent;
  return at;
}
