import type { ReactNode } from 'react';
import { Failure } from './Failure';
import { Loading } from './Loading';
import { More } from './More';
import type { List } from './useList';

interface Props<Item> {
  list: List<Item>;
  /** What is said when there is nothing. */
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list of the server in all its states: loading, failed, empty, shown, with more to come. */
export function Listed<Item>({ list, empty, children }: Props<Item>) {
  return (
    <>
      {Boolean(list.error) && <Failure error={list.error} retry={list.reload} />}
      {!list.items && !list.error && <Loading />}
      {list.items?.length === 0 && empty}
      {list.items && list.items.length > 0 && children(list.items)}
      {Boolean(list.failed) && <Failure error={list.failed} />}
      <More more={list.more} loadingMore={list.loadingMore} loadMore={list.loadMore} />
    </>
  );
}
