/** The variants of a version: the paths that cases really took, the most frequent first; one of them on the diagram. */
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { Period } from '../../api/reports';
import { getVariants, type Variants } from '../../api/variants';
import { now } from '../../dates/clock';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Versions } from '../heat/Versions';
import { dayOf, periodOf } from '../reports/period';
import { PeriodChoice } from '../reports/PeriodChoice';
import { OneVariant } from './OneVariant';
import '../reports/reports.css';
import './variants.css';
import { VariantTable } from './VariantTable';

/** What is chosen stands in the address, so that it can be sent to others and come back to. */
export default function VariantsPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const [today] = useState(() => dayOf(now()));
  const period = periodOf(params, today);
  const { kind, from, to } = period;
  const wanted = useMemo((): Period => ({ kind, from, ...(to && { to }) }), [kind, from, to]);
  const found = useResource(useCallback((signal: AbortSignal) => getVariants(key, wanted, signal), [key, wanted]));
  const change = (next: Period, variant?: string) =>
    setParams({ ...next, ...(variant && { variant }) }, { replace: true });
  return (
    <>
      <PageTitle>{t('variants.title')}</PageTitle>
      <p>
        <Link to={`/processes/${key}/heat?${new URLSearchParams({ ...wanted }).toString()}`}>{t('heat.title')}</Link>
      </p>
      <div className="card report-choice">
        {found.data && (
          <Versions
            processId={found.data.processDefinitionId}
            chosen={key}
            at={(next) => `/processes/${next}/variants?${new URLSearchParams({ ...wanted }).toString()}`}
          />
        )}
        <PeriodChoice period={period} today={today} onChange={(next) => change(next)} />
      </div>
      {found.error ? (
        <Failure error={found.error} retry={found.reload} />
      ) : found.data ? (
        <Shown found={found.data} chosen={params.get('variant')} onChoose={(id) => change(wanted, id)} />
      ) : (
        <Loading />
      )}
    </>
  );
}

interface ShownProps {
  found: Variants;
  chosen: string | null;
  onChoose: (id: string) => void;
}

function Shown({ found, chosen, onChoose }: ShownProps) {
  const { language, pick, t } = useI18n();
  const name = pick(found.name.th, found.name.en) || found.processDefinitionId;
  const variant = found.items.find(({ variantId }) => variantId === chosen) ?? found.items[0];
  return (
    <>
      <section className="card" aria-labelledby="variants-list">
        <h2 id="variants-list">{name}</h2>
        <p role="status">
          {t('variants.cases', {
            n: formatNumber(found.cases, language),
            variants: formatNumber(found.items.length + found.others.variants, language),
            period: pick(found.period.name.th, found.period.name.en),
          })}{' '}
          <span className="muted">{t('reports.asOf', { date: formatMoment(found.asOf, language) })}</span>
        </p>
        {variant ? (
          <VariantTable items={found.items} chosen={variant.variantId} onChoose={onChoose} />
        ) : (
          <p>{t('variants.none')}</p>
        )}
        {found.others.variants > 0 && (
          <p className="muted">
            {t('variants.others', {
              n: formatNumber(found.others.variants, language),
              cases: formatNumber(found.others.cases, language),
            })}
          </p>
        )}
      </section>
      {variant && (
        <OneVariant key={variant.variantId} variant={variant} definition={found.processDefinitionKey} name={name} />
      )}
    </>
  );
}
