/** A list of the server, page by page, of pages as long as the server makes them. */
import { useGrowing, type LoadAfter } from './useGrowing';

export type LoadPage<Item> = LoadAfter<Item>;

export interface List<Item> {
  items: Item[] | null;
  error: unknown;
  /** why the next page did not come */
  failed?: unknown;
  /** Whether there may be more. */
  more: boolean;
  loadingMore: boolean;
  loadMore: () => unknown;
  reload: () => void;
}

/** `load` must be stable (useCallback): a new function means another list. */
export function useList<Item>(load: LoadPage<Item>): List<Item> {
  const { cursor, ...list } = useGrowing<Item>(load, (shown, { items, page }) =>
    // what was removed meanwhile is still counted as shown; an empty page ends the list
    items.length > 0 && (page.hasMoreTotalItems || shown < page.totalItems) ? page.endCursor : null,
  );
  return { ...list, more: cursor !== null };
}
