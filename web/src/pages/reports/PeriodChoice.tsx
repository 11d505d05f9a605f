import type { Period } from '../../api/reports';
import { formatNumber, monthNames, yearText } from '../../dates/format';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import {
  firstOfFiscalYear,
  firstOfMonth,
  firstOfQuarter,
  fiscalQuarterOf,
  fiscalYearOf,
  KINDS,
  partsOf,
  YEARS_BACK,
} from './period';

interface Props {
  period: Period;
  today: string;
  onChange: (period: Period) => void;
}

/** Which time the report is about. */
export function PeriodChoice({ period, today, onChange }: Props) {
  const { t } = useI18n();
  const yearBegan = firstOfFiscalYear(fiscalYearOf(today));
  return (
    <>
      <Choice
        label={t('reports.kind')}
        value={period.kind}
        options={KINDS.map((value) => ({ value, label: t(`reports.kind.${value}`) }))}
        onChange={(kind) => onChange(kind === 'RANGE' ? { kind, from: yearBegan, to: today } : { kind, from: today })}
      />
      {period.kind === 'RANGE' ? (
        <Range key={`${period.from}/${period.to}`} period={period} onChange={onChange} />
      ) : (
        <Named period={period} today={today} onChange={onChange} />
      )}
    </>
  );
}

function Named({ period, today, onChange }: Props) {
  const { language, t } = useI18n();
  const { kind, from } = period;
  const fiscal = kind !== 'MONTH';
  const year = fiscal ? fiscalYearOf(from) : partsOf(from).year;
  const newest = Math.max(year, fiscalYearOf(today));
  const years = Array.from({ length: YEARS_BACK }, (_, back) => String(newest - back));
  const choose = (nextYear: number, part: number) => {
    if (kind === 'MONTH') onChange({ kind, from: firstOfMonth(nextYear, part) });
    else if (kind === 'QUARTER') onChange({ kind, from: firstOfQuarter(nextYear, part) });
    else onChange({ kind, from: firstOfFiscalYear(nextYear) });
  };
  const part = kind === 'QUARTER' ? fiscalQuarterOf(from) : partsOf(from).month;
  const parts =
    kind === 'QUARTER'
      ? [1, 2, 3, 4].map((n) => ({ value: String(n), label: formatNumber(n, language) }))
      : monthNames(language).map((label, n) => ({ value: String(n + 1), label }));
  return (
    <>
      {kind !== 'FISCAL_YEAR' && (
        <Choice
          label={t(kind === 'QUARTER' ? 'reports.quarter' : 'reports.month')}
          value={String(part)}
          options={parts}
          onChange={(value) => choose(year, Number(value))}
        />
      )}
      <Choice
        label={t(fiscal ? 'reports.fiscalYear' : 'reports.year')}
        value={String(year)}
        options={years.map((value) => ({ value, label: yearText(Number(value), language, fiscal) }))}
        onChange={(value) => choose(Number(value), part)}
      />
    </>
  );
}

function Range({ period, onChange }: Omit<Props, 'today'>) {
  const { t } = useI18n();
  const { from, to = from } = period;
  return (
    <>
      <Day id="report-from" label={t('reports.from')} day={from} onDay={(day) => onChange({ ...period, from: day })} />
      <Day id="report-to" label={t('reports.to')} day={to} onDay={(day) => onChange({ ...period, to: day })} />
    </>
  );
}

function Day({ id, label, day, onDay }: { id: string; label: string; day: string; onDay: (day: string) => void }) {
  return (
    <div className="field">
      <DayInput id={id} label={label} day={day} onDay={(chosen) => chosen && onDay(chosen)} />
    </div>
  );
}
