/** The events of a case, read page by page until all are there; what happens while the page is open comes at the end. */
import { useCallback, useEffect, useState } from 'react';
import { getHistory } from '../../api/cases';
import { useLive } from '../../api/events';
import type { HistoryArchive, HistoryEvent, ProcessInstanceKey } from '../../api/types';

const PAGE = 1000;
/** A longer history is read on only when somebody asks for more. */
const AT_FIRST = 20_000;

export interface History {
  /** null until the first page is there */
  events: readonly HistoryEvent[] | null;
  /** whether there are later events that are not read yet */
  more: boolean;
  /** the file that the first events were moved to */
  archive: HistoryArchive | null;
  error: unknown;
  loadMore: () => void;
}

export function useHistory(instance: ProcessInstanceKey): History {
  const [events, setEvents] = useState<HistoryEvent[] | null>(null);
  const [more, setMore] = useState(false);
  const [archive, setArchive] = useState<HistoryArchive | null>(null);
  const [error, setError] = useState<unknown>(null);
  const last = events?.at(-1)?.sequence ?? 0;

  const load = useCallback(
    (after: number, signal?: AbortSignal) =>
      getHistory(instance, after, PAGE, signal).then(
        ({ items, page, archive: first }) => {
          setError(null);
          setArchive(first);
          setMore(page.hasMore);
          setEvents((before) => [...(before ?? []).filter((event) => event.sequence <= after), ...items]);
        },
        (problem: unknown) => {
          if (!signal?.aborted) setError(problem);
        },
      ),
    [instance],
  );
  useEffect(() => {
    const abort = new AbortController();
    void load(0, abort.signal);
    return () => abort.abort();
  }, [load]);
  useEffect(() => {
    if (!more || last >= AT_FIRST) return undefined;
    const abort = new AbortController();
    void load(last, abort.signal);
    return () => abort.abort();
  }, [load, more, last]);
  const loadMore = useCallback(() => void load(last), [load, last]);
  // new events come at the end: they concern what is shown only when the end is shown
  useLive((event) => !more && event.kind === 'process-instance' && event.processInstanceKey === instance, loadMore);
  return { events, more, archive, error, loadMore };
}
