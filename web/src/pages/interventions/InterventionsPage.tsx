/** The register of interventions and waivers over all cases: what was asked for, why, who decided, and how. */
import { useCallback } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { getLatest } from '../../api/definitions';
import { KINDS, STATES, type RegisterQuery } from '../../api/interventionRegister';
import type { InterventionKind } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import '../checked/checked.css';
import { InterventionTable } from './InterventionTable';
import { useQuery, useRegister } from './useRegister';

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
  const { pick, t } = useI18n();
  const navigate = useNavigate();
  const { data } = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const change = (part: Partial<RegisterQuery>) => void navigate({ search: changed(part) }, { replace: true });
  const known = (data ?? []).map((each) => ({
    value: each.processDefinitionId,
    label: pick(each.name, each.nameEn) || each.processDefinitionId,
  }));
  const chosen = query.process ?? '';
  const missing = chosen !== '' && !known.some(({ value }) => value === chosen);
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
      <Choice
        label={t('search.process')}
        value={chosen}
        options={[
          { value: '', label: t('search.any') },
          ...known,
          ...(missing ? [{ value: chosen, label: chosen }] : []),
        ]}
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
      {found.cursor && (
        <Button onPress={() => void found.loadMore()} isDisabled={found.loadingMore}>
          {found.loadingMore ? t('common.loading') : t('common.more')}
        </Button>
      )}
    </>
  );
}
