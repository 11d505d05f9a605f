import { Link, useSearchParams } from 'react-router-dom';
import type { ProcessInstance, ProcessInstanceState } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CaseState } from '../../parts/CaseState';
import { Countdown } from '../../ui/Countdown';
import { Empty } from '../../ui/Empty';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { useCases } from './useCases';

const STATES: readonly ProcessInstanceState[] = ['ACTIVE', 'COMPLETED', 'TERMINATED'];

export default function CasesPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const state = STATES.find((each) => each === params.get('state')) ?? null;
  const text = params.get('q') ?? '';
  const cases = useCases({ state, text });
  const search = (q: string) => setParams({ ...(state && { state }), ...(q && { q }) }, { replace: true });

  return (
    <>
      <PageTitle>{t('cases.title')}</PageTitle>
      <div className="inbox-tools">
        <nav aria-label={t('cases.state')}>
          <ul className="plain-list view-list">
            {[null, ...STATES].map((each) => (
              <li key={each ?? 'all'}>
                <Link
                  to={{
                    search: new URLSearchParams({ ...(each && { state: each }), ...(text && { q: text }) }).toString(),
                  }}
                  aria-current={each === state ? 'page' : undefined}
                >
                  {each ? t(`case.state.${each}`) : t('cases.all')}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Link to="/search">{t('search.detailed')}</Link>
        <SearchBox label={t('cases.search')} hint={t('cases.searchHint')} value={text} onSearch={search} />
      </div>
      <Paged
        list={cases}
        empty={
          <Empty title={t('cases.empty')} hint={t(text || state ? 'empty.narrowed' : 'empty.cases')}>
            {text || state ? (
              <Link to="/cases">{t('empty.all')}</Link>
            ) : (
              <Link to="/start">{t('mine.empty.start')}</Link>
            )}
          </Empty>
        }
      >
        {(items) => <CaseTable items={items} />}
      </Paged>
    </>
  );
}

function CaseTable({ items }: { items: readonly ProcessInstance[] }) {
  const { language, pick, t } = useI18n();
  return (
    <table className="task-table" aria-label={t('cases.list')}>
      <thead>
        <tr>
          <th scope="col">{t('cases.case')}</th>
          <th scope="col">{t('cases.state')}</th>
          <th scope="col" className="wide-only">
            {t('cases.started')}
          </th>
          <th scope="col" className="wide-only">
            {t('cases.ended')}
          </th>
          <th scope="col">{t('inbox.due')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.processInstanceKey}>
            <td>
              <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>
              <div className="muted small">
                {pick(item.processDefinitionName, item.processNameEn) || item.processDefinitionId}
              </div>
            </td>
            <td>
              <CaseState item={item} />
            </td>
            <td className="wide-only">{formatMoment(item.startDate, language)}</td>
            <td className="wide-only">{item.endDate && formatMoment(item.endDate, language)}</td>
            <td>{item.statutoryDueDate && <Countdown to={item.statutoryDueDate} statutory />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
