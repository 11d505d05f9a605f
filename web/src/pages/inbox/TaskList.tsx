/** The tasks of one list: the rows, what is new, the keys, and what is done with one or many of them. */
import { useState } from 'react';
import type { InboxQuery } from '../../api/inbox';
import type { UserTask } from '../../api/types';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { BulkBar } from './BulkBar';
import { Empty } from './Empty';
import type { Display } from './filters';
import type { InboxList } from './inboxList';
import { KeysDialog } from './KeysDialog';
import { useSelection } from './selection';
import { Snooze } from './Snooze';
import { TaskTable } from './TaskTable';
import { useInbox } from './useInbox';
import { useInboxKeys } from './useInboxKeys';
import { useWork } from './useWork';
import { fits, type Action } from './work';
import { More } from '../../ui/More';

interface Props {
  query: InboxQuery;
  display: Display;
  /** goes to the search box */
  onSearch: () => void;
  /** something was done to tasks */
  onWorked: () => void;
}

export function TaskList({ query, display, onSearch, onWorked }: Props) {
  const { t } = useI18n();
  const { view } = query;
  const inbox = useInbox(query);
  const me = useMe();
  const rows = inbox.list?.rows ?? [];
  const work = useWork(inbox.update);
  const selection = useSelection(JSON.stringify(query), rows);
  const [showsKeys, setShowsKeys] = useState(false);
  const [snoozing, setSnoozing] = useState<UserTask | null>(null);
  const taskOf = (key: string) => rows.find(({ task, gone }) => task.userTaskKey === key && !gone)?.task;

  async function run(action: Action, tasks: readonly UserTask[], to?: string): Promise<string[]> {
    focusOn(tasks[0]); // the buttons that asked for it rest, and may go
    const failed = await work.run(action, tasks, to);
    onWorked();
    if (document.activeElement === document.body) focusOn(tasks[0]);
    return failed;
  }
  function byKey(key: string, actions: readonly Action[]) {
    const task = work.working ? undefined : taskOf(key);
    const action = task && actions.find((each) => fits(each, task, me));
    if (!task || !action) return;
    if (action === 'snooze') setSnoozing(task);
    else void run(action, [task]);
  }
  const keys = useInboxKeys({
    claim: (key) => byKey(key, ['claim']),
    snooze: (key) => byKey(key, ['wake', 'snooze']),
    unread: (key) => byKey(key, ['unread', 'read']),
    select: (key) => view !== 'done' && selection.toggle(key),
    clear: () => selection.set([]),
    search: onSearch,
    help: () => setShowsKeys(true),
  });

  return (
    <>
      {Boolean(inbox.error) && <Failure error={inbox.error} retry={inbox.reload} />}
      {!inbox.list && !inbox.error && <Loading />}
      {inbox.list && (
        <>
          <Fresh list={inbox.list} onShow={inbox.reload} />
          {rows.length === 0 ? (
            <Empty query={query} />
          ) : (
            <TaskTable
              view={view}
              rows={rows}
              display={display}
              work={{ ...work, run }}
              selection={selection}
              onSnooze={setSnoozing}
            />
          )}
          <More more={inbox.list.cursor !== null} loadingMore={inbox.loadingMore} loadMore={inbox.loadMore} />
          <p>
            <Button small kind="quiet" onPress={() => setShowsKeys(true)}>
              {t('inbox.keysTitle')} <kbd>?</kbd>
            </Button>
          </p>
          {selection.tasks.length > 0 && (
            <BulkBar
              selected={selection.tasks}
              working={work.working}
              onRun={async (action, tasks, to) => selection.set(await run(action, tasks, to))}
              onClear={() => {
                focusOn(selection.tasks[0]);
                selection.set([]);
              }}
            />
          )}
        </>
      )}
      {snoozing && (
        <Snooze n={1} onSnooze={(until) => void run('snooze', [snoozing], until)} onClose={() => setSnoozing(null)} />
      )}
      {showsKeys && <KeysDialog on={keys.on} onTurn={keys.turn} onClose={() => setShowsKeys(false)} />}
    </>
  );
}

/** What came since: it is shown when one asks for it, so that no row moves under the pointer. */
function Fresh({ list: { fresh }, onShow }: { list: InboxList; onShow: () => void }) {
  const { t } = useI18n();
  return (
    <div role="status">
      {fresh > 0 && (
        <p className="notice inbox-fresh">
          {t('inbox.fresh', { n: fresh })}{' '}
          <Button small onPress={onShow}>
            {t('inbox.showFresh')}
          </Button>
        </p>
      )}
    </div>
  );
}

function focusOn(task: UserTask | undefined) {
  document.querySelector<HTMLElement>(`tr[data-key="${task?.userTaskKey ?? ''}"] a`)?.focus();
}
