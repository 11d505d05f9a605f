/** Where a version of a process is busy, slow or late: drawn on its diagram, and as a table. */
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { getHeat, type Heat } from '../../api/heat';
import type { Period } from '../../api/reports';
import { now } from '../../dates/clock';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { dayOf, periodOf } from '../reports/period';
import { PeriodChoice } from '../reports/PeriodChoice';
import { officeText } from '../reports/Times';
import './heat.css';
import { HeatTable } from './HeatTable';
import { heatOf, LEVELS, MEASURES, type Measure } from './measures';
import { Versions } from './Versions';

/** What is chosen stands in the address, so that it can be sent to others and come back to. */
export default function HeatPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const [today] = useState(() => dayOf(now()));
  const period = periodOf(params, today);
  const measure = MEASURES.find((each) => each === params.get('by')) ?? 'completed';
  const { kind, from, to } = period;
  const wanted = useMemo((): Period => ({ kind, from, ...(to && { to }) }), [kind, from, to]);
  const heat = useResource(useCallback((signal: AbortSignal) => getHeat(key, wanted, signal), [key, wanted]));
  const change = (by: Measure, next: Period) => setParams({ by, ...next }, { replace: true });
  return (
    <>
      <PageTitle>{t('heat.title')}</PageTitle>
      <p>
        <Link to={`/processes/${key}/variants?${new URLSearchParams({ ...wanted }).toString()}`}>
          {t('variants.title')}
        </Link>
      </p>
      <div className="card report-choice">
        {heat.data && (
          <Versions
            processId={heat.data.processDefinitionId}
            chosen={heat.data.processDefinitionKey}
            at={(next) => `/processes/${next}/heat?${params.toString()}`}
          />
        )}
        <PeriodChoice period={period} today={today} onChange={(next) => change(measure, next)} />
        <Choice
          label={t('heat.by')}
          value={measure}
          options={MEASURES.map((value) => ({ value, label: t(`heat.by.${value}`) }))}
          onChange={(next) => change(next, period)}
        />
      </div>
      {heat.error ? (
        <Failure error={heat.error} retry={heat.reload} />
      ) : heat.data ? (
        <Shown heat={heat.data} measure={measure} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function Shown({ heat, measure }: { heat: Heat; measure: Measure }) {
  const { language, pick, t } = useI18n();
  const name = pick(heat.name.th, heat.name.en) || heat.processDefinitionId;
  const marks = useMemo(() => {
    const timed = measure === 'waiting' || measure === 'working';
    const said = (value: number) => (timed ? officeText(value, language, t) : formatNumber(value, language));
    const drawn = [...heatOf(heat, measure)].map(
      ([id, { level, value }]) => [id, { level, text: said(value) }] as const,
    );
    return { active: [], taken: [], counts: {}, heat: Object.fromEntries(drawn) };
  }, [heat, measure, language, t]);
  return (
    <>
      <section className="card" aria-labelledby="heat-diagram">
        <h2 id="heat-diagram">{name}</h2>
        <p>
          {t('heat.cases', { n: heat.cases, period: pick(heat.period.name.th, heat.period.name.en) })}{' '}
          <span className="muted">{t('reports.asOf', { date: formatMoment(heat.asOf, language) })}</span>
        </p>
        <CaseDiagram definitionKey={heat.processDefinitionKey} name={name} marks={marks} />
        <ul className="diagram-legend" aria-label={t('heat.legend')}>
          {Array.from({ length: LEVELS }, (_, level) => (
            <li key={level}>
              <span className={`sample heat-sample krabuan-heat-${level}`} />{' '}
              {t('heat.share', { from: (level * 100) / LEVELS, to: ((level + 1) * 100) / LEVELS })}
            </li>
          ))}
        </ul>
        <p className="muted small">{t(`heat.hint.${measure}`)}</p>
      </section>
      <HeatTable heat={heat} />
    </>
  );
}
