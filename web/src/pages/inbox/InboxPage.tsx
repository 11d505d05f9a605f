import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import type { UserTask } from '../../api/types';
import type { InboxQuery } from '../../api/userTasks';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { BulkBar } from './BulkBar';
import './inbox.css';
import { FilterBar } from './FilterBar';
import { addressOf, chosen, queryOf } from './filters';
import { KeysDialog } from './KeysDialog';
import { useSelection } from './selection';
import { TaskTable } from './TaskTable';
import { useInbox } from './useInbox';
import { useInboxKeys } from './useInboxKeys';
import { useWork } from './useWork';
import { Views, VIEWS } from './Views';
import { fits } from './work';

export default function InboxPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find((each) => each === params.get('view')) ?? 'mine';
  const query = queryOf(view, params);
  const inbox = useInbox(query);
  const change = (changes: Record<string, string>) =>
    setParams({ view, ...addressOf(params, changes) }, { replace: true });
  const me = useMe();
  const rows = inbox.list?.rows ?? [];
  const work = useWork(inbox.update);
  const selection = useSelection(JSON.stringify(query), rows);
  const tools = useRef<HTMLDivElement>(null);
  const [showsKeys, setShowsKeys] = useState(false);
  const keys = useInboxKeys({
    claim: (key) => {
      const row = rows.find(({ task }) => task.userTaskKey === key);
      if (row && !row.gone && !work.working && fits('claim', row.task, me)) void work.run('claim', [row.task]);
    },
    select: (key) => view !== 'done' && selection.toggle(key),
    clear: () => selection.set([]),
    search: () => tools.current?.querySelector<HTMLInputElement>('input[type=search]')?.focus(),
    help: () => setShowsKeys(true),
  });

  return (
    <>
      <PageTitle>{t('inbox.title')}</PageTitle>
      <div className="inbox-tools" ref={tools}>
        <Views view={view} keep={addressOf(params)} />
        <SearchBox
          label={t('inbox.search')}
          hint={t('inbox.searchHint')}
          value={query.text}
          onSearch={(q) => change({ q })}
        />
      </div>
      <FilterBar query={query} onChange={change} />
      {Boolean(inbox.error) && <Failure error={inbox.error} retry={inbox.reload} />}
      {!inbox.list && !inbox.error && <Loading />}
      {inbox.list && (
        <>
          <div role="status">
            {inbox.list.fresh > 0 && (
              <p className="notice inbox-fresh">
                {t('inbox.fresh', { n: inbox.list.fresh })}{' '}
                <Button small onPress={inbox.reload}>
                  {t('inbox.showFresh')}
                </Button>
              </p>
            )}
          </div>
          {inbox.list.rows.length === 0 ? (
            <Empty query={query} />
          ) : (
            <TaskTable view={view} rows={rows} work={work} selection={selection} />
          )}
          {inbox.list.cursor && (
            <Button onPress={inbox.loadMore} isDisabled={inbox.loadingMore}>
              {inbox.loadingMore ? t('common.loading') : t('common.more')}
            </Button>
          )}
          <p>
            <Button small kind="quiet" onPress={() => setShowsKeys(true)}>
              {t('inbox.keysTitle')} <kbd>?</kbd>
            </Button>
          </p>
          {selection.tasks.length > 0 && (
            <BulkBar
              selected={selection.tasks}
              working={work.working}
              onRun={async (action, tasks, to) => {
                focusOn(tasks[0]); // the bar's buttons rest, and may go
                selection.set(await work.run(action, tasks, to));
                if (document.activeElement === document.body) focusOn(tasks[0]);
              }}
              onClear={() => {
                focusOn(selection.tasks[0]);
                selection.set([]);
              }}
            />
          )}
        </>
      )}
      {showsKeys && <KeysDialog on={keys.on} onTurn={keys.turn} onClose={() => setShowsKeys(false)} />}
    </>
  );
}

function focusOn(task: UserTask | undefined) {
  document.querySelector<HTMLElement>(`tr[data-key="${task?.userTaskKey ?? ''}"] a`)?.focus();
}

function Empty({ query }: { query: InboxQuery }) {
  const { t } = useI18n();
  const searching = query.text !== '' || chosen(query) > 0;
  const why = chosen(query) > 0 ? 'inbox.emptyFilter' : searching ? 'inbox.emptySearch' : 'inbox.empty';
  return (
    <div className="card">
      <p>{t(why)}</p>
      {query.view === 'mine' && !searching && <Link to="/?view=groups">{t('inbox.seeGroups')}</Link>}
    </div>
  );
}
