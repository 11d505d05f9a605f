/** Every page that can be reached from anywhere: in the bar of the header, or in the menu of one's account. */
import type { Me } from '../api/types';
import type { MessageKey } from '../i18n';
import { isAdministrator, mayDecide, seesSettings } from './session';

export interface Place {
  to: string;
  label: MessageKey;
  /** Whether this person can do anything there; without it everyone can. */
  shown?: (me: Me) => boolean;
}

export const NOTIFICATIONS = '/notifications';

export const BAR: readonly Place[] = [
  { to: '/', label: 'app.inbox' },
  { to: '/start', label: 'app.start' },
  { to: '/cases', label: 'app.cases' },
  { to: '/search', label: 'search.nav', shown: (me) => seesSettings(me) || mayDecide(me) },
  // figures of another person are not the substitute's
  { to: '/reports', label: 'reports.nav', shown: (me) => me.onBehalfOf === null },
  { to: '/clocks', label: 'app.deadlines' },
  { to: '/registers', label: 'registers.nav' },
  { to: NOTIFICATIONS, label: 'app.notifications' },
];

export const MENU: readonly Place[] = [
  { to: '/account', label: 'account.title' },
  { to: '/substitutes', label: 'absence.title' },
  { to: '/office-calendar', label: 'office.title' },
  { to: '/checked', label: 'checked.title', shown: (me) => seesSettings(me) || mayDecide(me) },
  { to: '/hand-over', label: 'handover.title', shown: mayDecide },
  { to: '/channels', label: 'channels.title', shown: seesSettings },
  { to: '/notification-texts', label: 'templates.title', shown: isAdministrator },
];

/** The places of a list that this person sees, in its order. */
export function placesOf(places: readonly Place[], me: Me): Place[] {
  return places.filter(({ shown }) => !shown || shown(me));
}
