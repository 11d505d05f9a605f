/** The events of a case, page by page; what happens while the page is open is added at the end. */
import { useCallback, useEffect, useState } from 'react';
import { getHistory } from '../../api/cases';
import { useLive } from '../../api/events';
import type { HistoryEvent, ProcessInstanceKey } from '../../api/types';

const PAGE = 200;

export function useHistory(instance: ProcessInstanceKey) {
  const [events, setEvents] = useState<HistoryEvent[] | null>(null);
  const [more, setMore] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const last = events?.at(-1)?.sequence ?? 0;

  const load = useCallback(
    (after: number, signal?: AbortSignal) =>
      getHistory(instance, after, PAGE, signal).then(
        ({ items, page }) => {
          setError(null);
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
  const loadMore = useCallback(() => void load(last), [load, last]);
  // new events come at the end: they concern what is shown only when the end is shown
  useLive((event) => !more && event.kind === 'process-instance' && event.processInstanceKey === instance, loadMore);
  return { events, more, error, loadMore };
}
