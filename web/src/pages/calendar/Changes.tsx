/** The latest changes of calendars, how far each is with the open deadlines, and how many it moved; live. */
import { useCallback } from 'react';
import { useLive } from '../../api/events';
import { calendarChanges } from '../../api/officeCalendar';
import type { CalendarChange } from '../../api/types';
import { formatDay } from '../../dates/day';
import { isMessageKey, useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { useGroupNames } from '../../ui/names';
import { By } from '../../ui/Person';
import { Progress } from '../../ui/Progress';
import { useResource } from '../../ui/useResource';

const SHOWN = 8;
const CALM = 300;

export function Changes() {
  const { t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => calendarChanges(SHOWN, signal), []));
  useLive((event) => event.kind === 'calendar-change', found.reload, CALM);
  return (
    <section className="card" aria-labelledby="calendar-changes">
      <h2 id="calendar-changes">{t('office.changes')}</h2>
      <p className="muted small">{t('office.changesWhat')}</p>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t('office.noChanges')}</p>}
      <ul className="plain-list entries" aria-labelledby="calendar-changes">
        {found.data?.map((change) => (
          <li key={change.calendarChangeKey}>
            <Change change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Change({ change }: { change: CalendarChange }) {
  const { language, pick, t } = useI18n();
  const nameOf = useGroupNames(change.calendarId ? [change.calendarId] : []);
  const [first, last] = [formatDay(change.firstDay, language), change.lastDay && formatDay(change.lastDay, language)];
  const action = `office.action.${change.action}`;
  return (
    <>
      <div className="row">
        <span className="badge">{isMessageKey(action) ? t(action) : change.action}</span>
        <strong>{pick(change.th, change.en)}</strong>
        <span>{last === null ? t('hours.from', { day: first }) : first === last ? first : `${first} – ${last}`}</span>
        {change.calendarId && <span className="muted">{nameOf(change.calendarId)}</span>}
      </div>
      <div className="small">
        {t('office.source')}: {change.source}
      </div>
      {change.state === 'COMPLETED' ? (
        <div className="small">{t('office.moved', { moved: change.moved, total: change.total })}</div>
      ) : (
        <Progress label={t('office.moving')} done={change.done} total={change.total}>
          {t('office.progress', { done: change.done, moved: change.moved, total: change.total })}
        </Progress>
      )}
      <By username={change.changedBy} at={change.changedAt} />
    </>
  );
}
