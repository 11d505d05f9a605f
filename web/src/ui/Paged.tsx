import type { ReactNode } from 'react';
import { Failure } from './Failure';
import { Loading } from './Loading';
import type { usePages } from './usePages';
import { More } from './More';

interface Props<Item> {
  list: ReturnType<typeof usePages<Item>>;
  /** What is said when nothing is found. */
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** What a search found, page by page, in all its states: loading, failed, empty, shown, with more to come. */
export function Paged<Item>({ list, empty, children }: Props<Item>) {
  return (
    <>
      {Boolean(list.error) && <Failure error={list.error} retry={list.reload} />}
      {!list.items && !list.error && <Loading />}
      {list.items?.length === 0 && (typeof empty === 'string' ? <p className="card">{empty}</p> : empty)}
      {list.items && list.items.length > 0 && children(list.items)}
      {Boolean(list.failed) && <Failure error={list.failed} />}
      <More more={list.cursor !== null} loadingMore={list.loadingMore} loadMore={list.loadMore} />
    </>
  );
}
