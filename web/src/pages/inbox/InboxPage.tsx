import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import type { InboxView, UserTask } from '../../api/types';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { BulkBar } from './BulkBar';
import './inbox.css';
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
  const text = params.get('q') ?? '';
  const inbox = useInbox({ view, text });
  const me = useMe();
  const rows = inbox.list?.rows ?? [];
  const work = useWork(inbox.update);
  const selection = useSelection(`${view}/${text}`, rows);
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
        <Views view={view} text={text} />
        <SearchBox
          label={t('inbox.search')}
          hint={t('inbox.searchHint')}
          value={text}
          onSearch={(q) => setParams(q ? { view, q } : { view }, { replace: true })}
        />
      </div>
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
            <Empty view={view} searching={text !== ''} />
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

function Empty({ view, searching }: { view: InboxView; searching: boolean }) {
  const { t } = useI18n();
  return (
    <div className="card">
      <p>{t(searching ? 'inbox.emptySearch' : 'inbox.empty')}</p>
      {view === 'mine' && !searching && <Link to="/?view=groups">{t('inbox.seeGroups')}</Link>}
    </div>
  );
}
