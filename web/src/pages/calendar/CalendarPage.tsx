/** When the office works: months, the entries that make a day different, the hours, and what changes have moved. */
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { calendarDays, ORGANISATION, workingDays } from '../../api/officeCalendar';
import { isAdministrator, useMe } from '../../app/session';
import { now } from '../../dates/clock';
import { formatDay, monthAfter, monthsOf, todayAt, weeksOf } from '../../dates/day';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import './calendar.css';
import { CalendarChoice } from './CalendarChoice';
import { Changes } from './Changes';
import { DaysDialog } from './DaysDialog';
import { Entries } from './Entries';
import { Hours } from './Hours';
import { MonthTable } from './MonthTable';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export default function CalendarPage() {
  const { t } = useI18n();
  const mayChange = isAdministrator(useMe());
  const [params, setParams] = useSearchParams();
  const wanted = params.get('month') ?? '';
  const month = MONTH.test(wanted) ? wanted : todayAt(now()).slice(0, 7);
  const year = params.get('view') === 'year';
  const calendar = params.get('calendar') ?? ORGANISATION;
  const shown = useShown(calendar, year ? monthsOf(month.slice(0, 4)) : [month]);
  const [turn, setTurn] = useState(0); // hours and changes are read anew with each change

  function show(next: { month?: string; year?: boolean; calendar?: string }) {
    const { month: at = month, year: whole = year, calendar: of = calendar } = next;
    setParams({ month: at, ...(whole && { view: 'year' }), ...(of && { calendar: of }) }, { replace: true });
  }

  const changed = () => {
    shown.reload();
    setTurn((n) => n + 1);
  };

  return (
    <>
      <PageTitle>{t('office.title')}</PageTitle>
      <p className="muted">{t('office.what')}</p>
      <CalendarChoice calendar={calendar} onChange={(next) => show({ calendar: next })} />
      <Steps month={month} year={year} show={show} />
      {shown.loading && <Loading />}
      {Boolean(shown.error) && <Failure error={shown.error} retry={shown.reload} />}
      {shown.data && (
        <>
          <div className={year ? 'months' : undefined}>
            {shown.data.months.map((at) => (
              <MonthTable key={at} month={at} days={shown.data?.days ?? new Map()} small={year} />
            ))}
          </div>
          <Legend />
          <Entries
            entries={shown.data.entries}
            ofUnit={calendar !== ORGANISATION}
            mayChange={mayChange}
            onChange={changed}
          />
        </>
      )}
      {mayChange && <Adding calendar={calendar} onChange={changed} />}
      <Hours calendar={calendar} mayChange={mayChange} onChange={changed} />
      <Changes key={turn} />
    </>
  );
}

function useShown(calendar: string, months: string[]) {
  const key = months.join(' ');
  return useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const all = key.split(' ');
        const [first, last] = [`${all[0]}-01`, lastDayOf(all.at(-1) ?? '')];
        const [days, entries] = await Promise.all([
          workingDays(calendar, first, last, signal),
          calendarDays(calendar, first, last, signal),
        ]);
        return { months: all, days: new Map(days.map((day) => [day.day, day])), entries };
      },
      [calendar, key],
    ),
  );
}

function lastDayOf(month: string): string {
  return (
    weeksOf(month)
      .flat()
      .findLast((day) => day !== null) ?? ''
  );
}

interface StepsProps {
  month: string;
  year: boolean;
  show: (next: { month?: string; year?: boolean }) => void;
}

function Steps({ month, year, show }: StepsProps) {
  const { language, t } = useI18n();
  const by = year ? 12 : 1;
  return (
    <div className="row calendar-steps">
      <Button
        aria-label={t(year ? 'office.yearBefore' : 'office.monthBefore')}
        onPress={() => show({ month: monthAfter(month, -by) })}
      >
        ‹
      </Button>
      <h2 aria-live="polite">{formatDay(`${month}-01`, language, year ? 'year' : 'month')}</h2>
      <Button
        aria-label={t(year ? 'office.yearAfter' : 'office.monthAfter')}
        onPress={() => show({ month: monthAfter(month, by) })}
      >
        ›
      </Button>
      <Button onPress={() => show({ month: todayAt(now()).slice(0, 7) })}>{t('office.today')}</Button>
      <Button onPress={() => show({ year: !year })}>{t(year ? 'office.showMonth' : 'office.showYear')}</Button>
    </div>
  );
}

function Legend() {
  const { t } = useI18n();
  return (
    <ul className="plain-list row calendar-legend small">
      {(['closed', 'half', 'worked', 'weekend'] as const).map((kind) => (
        <li key={kind}>
          <span className={`calendar-swatch ${kind}`} aria-hidden="true" /> {t(`office.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

function Adding({ calendar, onChange }: { calendar: string; onChange: () => void }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <p>
      <Button kind="primary" onPress={() => setOpen(true)}>
        {t('office.add')}
      </Button>
      {open && (
        <DaysDialog
          calendar={calendar}
          onClose={(done) => {
            setOpen(false);
            if (done) onChange();
          }}
        />
      )}
    </p>
  );
}
