/** The inbox's list: loaded by view and text, longer on demand, kept current by events. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive } from '../../api/events';
import type { InboxView, UserTask } from '../../api/types';
import { searchTasks, type InboxQuery } from '../../api/inbox';
import { appended, loaded, PAGE, refreshed, withTask, type InboxList } from './inboxList';
import { isPutOff, isSnoozed } from './work';

export interface Inbox {
  list: InboxList | null;
  error: unknown;
  loadingMore: boolean;
  reload: () => void;
  loadMore: () => void;
  update: (task: UserTask) => void;
}

/** What is put off leaves these lists; those of deadlines keep it. */
const PUT_OFF: readonly InboxView[] = ['mine', 'groups'];
/** More rows than these are not read again for an event; the person reloads. */
const MOST_REFRESHED = 500;

/** `query` may be a new object each time: its contents say whether it is another list. */
export function useInbox(query: InboxQuery): Inbox {
  const [state, setState] = useState<{ of: string; list: InboxList | null; error: unknown }>({
    of: '',
    list: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const touched = useRef(new Set<string>());
  const of = JSON.stringify(query);
  const list = state.of === of ? state.list : null;

  useEffect(() => {
    const abort = new AbortController();
    touched.current.clear();
    searchTasks(JSON.parse(of) as InboxQuery, { limit: PAGE }, abort.signal).then(
      (result) => setState({ of, list: loaded(result), error: null }),
      (error: unknown) => {
        if (!abort.signal.aborted) setState({ of, list: null, error });
      },
    );
    return () => abort.abort();
  }, [of, turn]);

  const change = useCallback(
    (next: (list: InboxList) => InboxList) =>
      setState((before) => (before.of === of && before.list ? { ...before, list: next(before.list) } : before)),
    [of],
  );

  useLive(
    (event) => {
      if (event.kind === 'user-task') touched.current.add(event.userTaskKey);
      return event.kind === 'user-task';
    },
    () => {
      if (!list || list.rows.length > MOST_REFRESHED) return;
      const limit = list.rows.length + PAGE;
      searchTasks(query, { limit }).then(
        (result) => change((before) => refreshed(before, result, limit, touched.current)),
        () => undefined, // the next event or the person's own reload will do
      );
    },
  );

  const cursor = list?.cursor ?? null;
  const loadMore = useCallback(() => {
    if (!cursor) return;
    setLoadingMore(true);
    searchTasks(JSON.parse(of) as InboxQuery, { limit: PAGE, after: cursor })
      .then(
        (result) => change((before) => appended(before, result)),
        (error: unknown) => setState((before) => ({ ...before, error })),
      )
      .finally(() => setLoadingMore(false));
  }, [cursor, of, change]);

  return {
    list,
    error: state.of === of ? state.error : null,
    loadingMore,
    reload: useCallback(() => setTurn((n) => n + 1), []),
    loadMore,
    update: useCallback(
      (task: UserTask) => {
        const { view } = JSON.parse(of) as InboxQuery;
        const left = view === 'snoozed' ? !isPutOff(task) : PUT_OFF.includes(view) && isSnoozed(task);
        change((before) => withTask(before, task, left));
      },
      [change, of],
    ),
  };
}
