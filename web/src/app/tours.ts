/** The tours of the first day: one for each kind of work, each a few steps about what stands in the header. */
import type { Me } from '../api/types';
import type { MessageKey } from '../i18n';
import { isAdministrator } from './session';

export const TOURS = ['staff', 'owner', 'auditor', 'administrator'] as const;
export type Tour = (typeof TOURS)[number];

type Topic =
  'welcome' | 'inbox' | 'start' | 'mine' | 'workbench' | 'oversight' | 'search' | 'administration' | 'account';

export interface Step {
  title: MessageKey;
  text: MessageKey;
  /** what is pointed out, where it is drawn: on a narrow window much of the header is in a drawer */
  at?: string;
}

/** Where the topics stand in the header. */
const PLACES: Partial<Record<Topic, string>> = {
  inbox: '.nav a[href="/"]',
  start: '.nav a[href="/start"]',
  mine: '.nav a[href="/mine"]',
  account: '.user-menu',
};

const TOPICS: Record<Tour, readonly Topic[]> = {
  staff: ['welcome', 'inbox', 'start', 'mine', 'account'],
  owner: ['welcome', 'inbox', 'workbench', 'oversight', 'account'],
  auditor: ['welcome', 'oversight', 'search', 'account'],
  administrator: ['welcome', 'administration', 'oversight', 'account'],
};

export function stepsOf(tour: Tour): Step[] {
  return TOPICS[tour].map((topic) => {
    const at = PLACES[topic];
    return { title: `tour.${topic}.title`, text: `tour.${topic}.text`, ...(at && { at }) };
  });
}

/** The tours about what this person does, the most particular first: that one begins by itself on the first day. */
export function toursOf(me: Me): Tour[] {
  return [
    ...(isAdministrator(me) ? (['administrator'] as const) : []),
    ...(me.ownedProcesses.length > 0 ? (['owner'] as const) : []),
    ...(me.roles.includes('auditor') ? (['auditor'] as const) : []),
    ...(me.groups.length > 0 ? (['staff'] as const) : []),
  ];
}
