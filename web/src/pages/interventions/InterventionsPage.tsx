/** The register of interventions and waivers over all cases: what was asked for, why, who decided, and how. */
import { Link, useNavigate } from 'react-router-dom';
import { KINDS, STATES, type RegisterQuery } from '../../api/interventionRegister';
import type { InterventionKind } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import '../checked/checked.css';
import { InterventionTable } from './InterventionTable';
import { useQuery, useRegister } from './useRegister';
import { More } from '../../ui/More';

interface QueryProps {
  query: RegisterQuery;
  changed: (part: Partial<RegisterQuery>) => string;
}

export default function InterventionsPage() {
  const { t } = useI18n();
  const [query, changed] = useQuery();
  return (
    <>
      <PageTitle>{t('asked.title')}</PageTitle>
      <p className="muted">
        {t('asked.hint')} <Link to="/search">{t('search.title')}</Link>
      </p>
      <nav aria-label={t('asked.state')}>
        <ul className="plain-list view-list">
          {[null, ...STATES].map((state) => (
            <li key={state ?? 'all'}>
              <Link to={{ search: changed({ state }) }} aria-current={state === query.state ? 'page' : undefined}>
                {t(state ? `asked.state.${state}` : 'checked.all')}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Filters query={query} changed={changed} />
      <Found query={query} />
    </>
  );
}

function Filters({ query, changed }: QueryProps) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const change = (part: Partial<RegisterQuery>) => void navigate({ search: changed(part) }, { replace: true });
  return (
    <section className="checked-filters" aria-label={t('checked.filters')}>
      <Choice
        label={t('asked.kind')}
        value={query.kind ?? ''}
        options={[
          { value: '', label: t('search.any') },
          ...KINDS.map((kind) => ({ value: kind as string, label: t(`asked.kind.${kind}`) })),
        ]}
        onChange={(kind) => change({ kind: (kind || null) as InterventionKind | null })}
      />
      <ProcessChoice
        label={t('search.process')}
        any={t('search.any')}
        value={query.process}
        onChange={(process) => change({ process })}
      />
      <DayInput id="asked-from" label={t('search.from')} day={query.from} onDay={(from) => change({ from })} />
      <DayInput id="asked-until" label={t('search.until')} day={query.until} onDay={(until) => change({ until })} />
    </section>
  );
}

function Found({ query }: { query: RegisterQuery }) {
  const { language, t } = useI18n();
  const found = useRegister(query);
  const total = formatNumber(found.page?.totalItems ?? 0, language);
  return (
    <>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!found.items && !found.error && <Loading />}
      {found.items && (
        <p className="muted" role="status">
          {t(found.page?.hasMoreTotalItems ? 'checked.atLeast' : 'checked.found', { n: total })}
        </p>
      )}
      {found.items?.length === 0 && <p className="card">{t('asked.none')}</p>}
      {found.items && found.items.length > 0 && <InterventionTable items={found.items} />}
      {Boolean(found.failed) && <Failure error={found.failed} />}
      <More more={found.cursor !== null} loadingMore={found.loadingMore} loadMore={found.loadMore} />
    </>
  );
}
