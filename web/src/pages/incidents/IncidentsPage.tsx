/** What stopped, over all cases: by cause, with how many cases each stops. */
import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useLive } from '../../api/events';
import { ERROR_TYPES, searchCauses, type CauseQuery } from '../../api/incidents';
import { useI18n } from '../../i18n';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { Choice } from '../../ui/Choice';
import { Listed } from '../../ui/Listed';
import { PageTitle } from '../../ui/PageTitle';
import { useList } from '../../ui/useList';
import { CauseCard } from './CauseCard';
import './incidents.css';

const CALM = 3_000;

export default function IncidentsPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const process = params.get('process');
  const type = params.get('type');
  const list = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => searchCauses({ process, type }, after, signal),
      [process, type],
    ),
  );
  // a list that has grown longer is not cut short under whoever reads it
  const short = !list.items || list.items.length <= 25;
  useLive((event) => event.kind === 'process-instance' && short, list.reload, CALM);
  const change = (part: Partial<CauseQuery>) => {
    const wanted = { process, type, ...part };
    const given = { ...(wanted.process && { process: wanted.process }), ...(wanted.type && { type: wanted.type }) };
    setParams(given, { replace: true });
  };
  return (
    <>
      <PageTitle>{t('incidents.title')}</PageTitle>
      <p className="muted">
        {t('incidents.what')} <Link to="/jobs">{t('jobs.link')}</Link>
      </p>
      <section className="filter-line" aria-label={t('operations.filters')}>
        <ProcessChoice
          label={t('incidents.process')}
          any={t('operations.any')}
          value={process}
          onChange={(id) => change({ process: id })}
        />
        <Choice
          label={t('incidents.kind')}
          value={type ?? ''}
          options={[
            { value: '', label: t('operations.any') },
            ...ERROR_TYPES.map((value) => ({ value, label: t(`incidents.type.${value}`) })),
          ]}
          onChange={(value) => change({ type: value || null })}
        />
      </section>
      <Listed list={list} empty={<p className="card">{t(process || type ? 'incidents.none' : 'incidents.empty')}</p>}>
        {(items) => (
          <ul className="plain-list card-list" aria-label={t('incidents.title')}>
            {items.map((cause) => (
              <li key={cause.causeKey} className="card">
                <CauseCard cause={cause} linked />
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </>
  );
}
