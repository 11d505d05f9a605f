/** One's own cases: those that one started or worked on, and where each of them stands. */
import { useCallback, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useLive, type LiveEvent } from '../../api/events';
import { searchMyCases, type MyCase } from '../../api/myCases';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Empty as EmptyList } from '../../ui/Empty';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { usePages } from '../../ui/usePages';
import { MineTable } from './MineTable';
import { filterOf, PARTS, readWanted, VIEWS, writeWanted, type Wanted } from './views';
import { More } from '../../ui/More';

const PAGE = 25;

export default function MinePage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const wanted = useMemo(() => readWanted(params), [params]);
  const found = usePages<MyCase>(
    useCallback((page, signal) => searchMyCases(filterOf(wanted), page, signal), [wanted]),
    PAGE,
  );
  const [stale, setStale] = useState(false);
  const { items } = found;
  const show = () => {
    setStale(false);
    found.reload();
  };
  // a list that was made longer would jump back to its first page: it is read again when one asks for it
  useLive(
    (event) => concerns(event, items ?? []),
    () => ((items?.length ?? 0) > PAGE ? setStale(true) : show()),
  );
  const go = (change: Partial<Wanted>) => {
    setStale(false);
    setParams(writeWanted({ ...wanted, ...change }), { replace: true });
  };

  return (
    <>
      <PageTitle>{t('mine.title')}</PageTitle>
      <div className="inbox-tools">
        <nav aria-label={t('mine.views')}>
          <ul className="plain-list view-list">
            {VIEWS.map((view) => (
              <li key={view}>
                <Link
                  to={{ search: writeWanted({ ...wanted, view }) }}
                  aria-current={view === wanted.view ? 'page' : undefined}
                >
                  {t(`mine.view.${view}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Choice
          label={t('mine.part')}
          value={wanted.part}
          options={PARTS.map((value) => ({ value, label: t(`mine.part.${value}`) }))}
          onChange={(part) => go({ part })}
        />
        <SearchBox
          label={t('mine.search')}
          hint={t('mine.searchHint')}
          value={wanted.text}
          onSearch={(text) => go({ text })}
        />
      </div>
      {stale && (
        <div className="notice row" role="status">
          {t('mine.fresh')} <Button onPress={show}>{t('mine.showFresh')}</Button>
        </div>
      )}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!items && !found.error && <Loading />}
      {items?.length === 0 && <Empty wanted={wanted} clear={() => go({ part: 'ANY', text: '' })} />}
      {items && items.length > 0 && <MineTable items={items} />}
      {Boolean(found.failed) && <Failure error={found.failed} />}
      <More more={found.cursor !== null} loadingMore={found.loadingMore} loadMore={found.loadMore} />
    </>
  );
}

/** Whether an event is about a case that is shown. */
function concerns(event: LiveEvent, items: readonly MyCase[]): boolean {
  if (event.kind === 'process-instance')
    return items.some((item) => item.processInstanceKey === event.processInstanceKey);
  if (event.kind !== 'user-task') return false;
  return items.some((item) => item.steps.some((step) => step.userTaskKey === event.userTaskKey));
}

function Empty({ wanted, clear }: { wanted: Wanted; clear: () => void }) {
  const { t } = useI18n();
  if (wanted.text || wanted.part !== 'ANY')
    return (
      <div className="card">
        <p>{t('mine.empty.filter')}</p>
        <Button onPress={clear}>{t('mine.empty.clear')}</Button>
      </div>
    );
  return (
    <EmptyList title={t('mine.empty.title')} hint={t('mine.empty.hint')}>
      <Link to="/start">{t('mine.empty.start')}</Link>
    </EmptyList>
  );
}
