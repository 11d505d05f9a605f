/** Every page that can be reached from anywhere: in a section of the header, or in the menu of one's account. */
import type { Me } from '../api/types';
import type { MessageKey } from '../i18n';
import { isAdministrator, mayDecide, mayDraft, seesSettings } from './session';

export interface Place {
  to: string;
  label: MessageKey;
  /** Whether this person can do anything there; without it everyone can. */
  shown?: (me: Me) => boolean;
}

export interface Section {
  label: MessageKey;
  /** Whether its places stand in the bar itself; those of other sections stand in a menu. Everybody's daily ones. */
  open?: boolean;
  places: readonly Place[];
}

export const NOTIFICATIONS = '/notifications';

/** A section of which a person sees nothing is not shown; one of which one place is seen, as that place. */
export const SECTIONS: readonly Section[] = [
  {
    label: 'menu.work',
    open: true,
    places: [
      { to: '/', label: 'app.inbox' },
      { to: '/start', label: 'app.start' },
      { to: '/mine', label: 'mine.title' },
      { to: NOTIFICATIONS, label: 'app.notifications' },
    ],
  },
  {
    label: 'menu.oversight',
    places: [
      { to: '/cases', label: 'app.cases' },
      { to: '/search', label: 'search.nav', shown: (me) => seesSettings(me) || mayDecide(me) },
      { to: '/checked', label: 'checked.title', shown: (me) => seesSettings(me) || mayDecide(me) },
      { to: '/interventions', label: 'asked.title', shown: (me) => seesSettings(me) || mayDecide(me) },
      { to: '/clocks', label: 'app.deadlines' },
      { to: '/registers', label: 'registers.nav' },
      // figures of another person are not the substitute's
      { to: '/reports', label: 'reports.nav', shown: (me) => me.onBehalfOf === null },
      { to: '/hand-over', label: 'handover.title', shown: mayDecide },
    ],
  },
  {
    label: 'menu.processes',
    places: [{ to: '/workbench', label: 'workbench.nav', shown: mayDraft }],
  },
  {
    label: 'menu.administration',
    places: [
      { to: '/people', label: 'accounts.nav', shown: isAdministrator },
      { to: '/audit-trail', label: 'logbook.title', shown: seesSettings },
      { to: '/data-protection', label: 'privacy.nav', shown: (me) => seesSettings(me) || mayDecide(me) },
      { to: '/sign-in-settings', label: 'signInSettings.title', shown: seesSettings },
      { to: '/incidents', label: 'incidents.title', shown: (me) => seesSettings(me) || mayDecide(me) },
      { to: '/migration', label: 'migration.title', shown: mayDraft },
      { to: '/moving', label: 'moving.title', shown: mayDraft },
      { to: '/operations', label: 'operations.title', shown: (me) => seesSettings(me) || mayDecide(me) },
      { to: '/health', label: 'health.title', shown: seesSettings },
      { to: '/channels', label: 'channels.title', shown: seesSettings },
      { to: '/notification-texts', label: 'templates.title', shown: isAdministrator },
    ],
  },
];

export const MENU: readonly Place[] = [
  { to: '/account', label: 'account.title' },
  { to: '/substitutes', label: 'absence.title' },
  { to: '/office-calendar', label: 'office.title' },
];

/** The places of a list that this person sees, in its order. */
export function placesOf(places: readonly Place[], me: Me): Place[] {
  return places.filter(({ shown }) => !shown || shown(me));
}

/** The sections of which this person sees a place, with just those places. */
export function sectionsOf(me: Me): Section[] {
  return SECTIONS.map((section) => ({ ...section, places: placesOf(section.places, me) })).filter(
    ({ places }) => places.length > 0,
  );
}

/** Whether a page lies at a place or below it; the inbox is below nothing. */
export function isAt(to: string, pathname: string): boolean {
  return pathname === to || (to !== '/' && pathname.startsWith(`${to}/`));
}
