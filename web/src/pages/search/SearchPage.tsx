/** Search over all cases: by people, periods, control points, deadlines, interventions, words and data. */
import { Link, useNavigate } from 'react-router-dom';
import { exportCases, type CaseSearch } from '../../api/caseSearch';
import { problemText } from '../../api/problem';
import { saveTable } from '../../api/save';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { Conditions } from './Conditions';
import { EventLogs } from './EventLogs';
import { FoundTable } from './FoundTable';
import { SavedSearches } from './SavedSearches';
import { SearchForm } from './SearchForm';
import './search.css';
import { useCaseSearch, useFound, writeSearch } from './useCaseSearch';
import { More } from '../../ui/More';

export default function SearchPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const search = useCaseSearch();
  const go = (next: CaseSearch) => void navigate({ search: writeSearch(next) });
  return (
    <>
      <PageTitle>{t('search.title')}</PageTitle>
      <p className="muted">{t('search.keep')}</p>
      <p>
        <Link to="/checked">{t('checked.title')}</Link>
      </p>
      <SavedSearches search={search} onSearch={go} />
      <SearchForm key={writeSearch(search)} search={search} onSearch={go} />
      <Conditions search={search} onSearch={go} />
      <Found search={search} />
    </>
  );
}

function Found({ search }: { search: CaseSearch }) {
  const { language, t } = useI18n();
  const found = useFound(search);
  const number = formatNumber(found.page?.totalItems ?? 0, language);
  return (
    <section aria-label={t('search.found')}>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!found.items && !found.error && <Loading />}
      {found.items && (
        <div className="search-summary">
          <p className="muted" role="status">
            {t(found.page?.hasMoreTotalItems ? 'search.atLeast' : 'search.number.found', { n: number })}
          </p>
          {found.items.length > 0 && <Export search={search} />}
        </div>
      )}
      {found.items && found.items.length > 0 && <EventLogs search={search} />}
      {found.items?.length === 0 && <p className="card">{t('search.none')}</p>}
      {found.items && found.items.length > 0 && <FoundTable items={found.items} />}
      {Boolean(found.failed) && <Failure error={found.failed} />}
      <More more={found.cursor !== null} loadingMore={found.loadingMore} loadMore={found.loadMore} />
    </section>
  );
}

function Export({ search }: { search: CaseSearch }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  async function save() {
    try {
      saveTable(await exportCases(search, language), 'cases.csv');
      announce(t('search.saved'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }
  return <Button onPress={() => void save()}>{t('search.save')}</Button>;
}
