/** The register of control points as they were worked over all cases: those that failed, were waived or passed. */
import { Link, useNavigate } from 'react-router-dom';
import { exportChecked, RESULTS, type CheckedQuery } from '../../api/checked';
import { problemText } from '../../api/problem';
import { saveTable } from '../../api/save';
import { formatNumber } from '../../dates/format';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { usePersonName } from '../../ui/names';
import { CheckedTable } from './CheckedTable';
import './checked.css';
import { useChecked, useQuery } from './useChecked';
import { More } from '../../ui/More';

interface QueryProps {
  query: CheckedQuery;
  changed: (part: Partial<CheckedQuery>) => string;
}

export default function CheckedPage() {
  const { t } = useI18n();
  const [query, changed] = useQuery();
  return (
    <>
      <PageTitle>{t('checked.title')}</PageTitle>
      <nav aria-label={t('checked.result')}>
        <ul className="plain-list view-list">
          {[null, ...RESULTS].map((state) => (
            <li key={state ?? 'all'}>
              <Link to={{ search: changed({ state }) }} aria-current={state === query.state ? 'page' : undefined}>
                {state ? t(`control.${state}`) : t('checked.all')}
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
  const change = (part: Partial<CheckedQuery>) => void navigate({ search: changed(part) }, { replace: true });
  return (
    <section className="checked-filters" aria-label={t('checked.filters')}>
      <ProcessChoice
        label={t('search.process')}
        any={t('search.any')}
        value={query.process}
        onChange={(process) => change({ process })}
      />
      <PeoplePicker
        label={t('checked.by')}
        chosen={query.person}
        onChoose={(person) => {
          if (person !== null) change({ person });
        }}
      />
      <DayInput id="checked-from" label={t('search.from')} day={query.from} onDay={(from) => change({ from })} />
      <DayInput id="checked-until" label={t('search.until')} day={query.until} onDay={(until) => change({ until })} />
      {query.person && <ByPerson username={query.person} onEnd={() => change({ person: null })} />}
    </section>
  );
}

function ByPerson({ username, onEnd }: { username: string; onEnd: () => void }) {
  const { t } = useI18n();
  const text = `${t('checked.by')}: ${usePersonName(username)}`;
  return (
    <Button small onPress={onEnd} aria-label={t('search.without', { condition: text })}>
      {text} <span aria-hidden="true">✕</span>
    </Button>
  );
}

function Found({ query }: { query: CheckedQuery }) {
  const { language, t } = useI18n();
  const found = useChecked(query);
  const total = formatNumber(found.page?.totalItems ?? 0, language);
  return (
    <>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!found.items && !found.error && <Loading />}
      {found.items && (
        <div className="checked-summary">
          <p className="muted" role="status">
            {t(found.page?.hasMoreTotalItems ? 'checked.atLeast' : 'checked.found', { n: total })}
          </p>
          {found.items.length > 0 && <Export query={query} />}
        </div>
      )}
      {found.items?.length === 0 && <p className="card">{t('checked.none')}</p>}
      {found.items && found.items.length > 0 && <CheckedTable items={found.items} />}
      {Boolean(found.failed) && <Failure error={found.failed} />}
      <More more={found.cursor !== null} loadingMore={found.loadingMore} loadMore={found.loadMore} />
    </>
  );
}

function Export({ query }: { query: CheckedQuery }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  async function save() {
    try {
      saveTable(await exportChecked(query, language), 'control-points.csv');
      announce(t('search.saved'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }
  return <Button onPress={() => void save()}>{t('search.save')}</Button>;
}
