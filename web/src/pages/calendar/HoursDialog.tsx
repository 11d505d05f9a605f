/** Sets the hours of a week, from a day on. */
import { useState } from 'react';
import { setHours, type Source } from '../../api/officeCalendar';
import type { Sessions } from '../../api/types';
import { formatDay } from '../../dates/day';
import { useI18n } from '../../i18n';
import { DateField } from '../../parts/DateField';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { isWhole, SessionFields } from './SessionFields';
import { SourceFields } from './SourceFields';

/** Of a week that begins on a Monday: the days are named after it. */
export const MONDAY = '2024-01-0';
const USUAL: Sessions = [
  ['08:30', '12:00'],
  ['13:00', '16:30'],
];
export const USUAL_WEEK: Sessions[] = [USUAL, USUAL, USUAL, USUAL, USUAL, [], []];

interface Props {
  calendar: string;
  /** what one begins with */
  week: Sessions[];
  onClose: (done: boolean) => void;
}

export function HoursDialog({ calendar, week: before, onClose }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [from, setFrom] = useState<string | null>(null);
  const [week, setWeek] = useState(before);
  const [said, setSaid] = useState<Source>({ source: '', reason: '' });

  async function set() {
    if (from === null || !said.source.trim() || !said.reason.trim()) return t('common.incomplete');
    if (!week.every(isWhole)) return t('office.spansMissing');
    await setHours({ calendarId: calendar, validFrom: from, week, ...said });
    announce(t('hours.added'));
    return null;
  }

  return (
    <ActionDialog title={t('hours.add')} hint={t('office.moves')} submit={t('common.save')} act={set} onClose={onClose}>
      <DateField id="hours-from" label={t('hours.validFrom')} kind="date" onIso={setFrom} />
      {week.map((sessions, day) => (
        // the days of a week stay in their order
        <SessionFields
          key={day}
          label={formatDay(`${MONDAY}${day + 1}`, language, 'weekday')}
          sessions={sessions}
          onChange={(next) => setWeek(week.map((one, n) => (n === day ? next : one)))}
        />
      ))}
      <SourceFields said={said} onChange={setSaid} />
    </ActionDialog>
  );
}
