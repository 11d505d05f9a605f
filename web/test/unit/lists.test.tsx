/** Lists of the server: pages one after the other, and what is shown stays when one does not come. */
import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useList } from '../../src/ui/useList';
import { usePages } from '../../src/ui/usePages';

const answer = (items: number[], endCursor: string | null, totalItems: number, hasMoreTotalItems = false) =>
  Promise.resolve({ items, page: { totalItems, hasMoreTotalItems, startCursor: null, endCursor } });

it('pages of one length go on until one is not full', async () => {
  const load = vi.fn(({ after }: { limit: number; after?: string }) =>
    after === 'b' ? answer([3], 'c', 3) : answer([1, 2], 'b', 3),
  );
  const { result } = renderHook(() => usePages(load, 2));
  await waitFor(() => expect(result.current.items).toEqual([1, 2]));
  expect(result.current.cursor).toBe('b');
  await act(() => result.current.loadMore());
  expect(result.current.items).toEqual([1, 2, 3]);
  expect(result.current.cursor).toBeNull();
  expect(load.mock.calls.map(([page]) => page)).toEqual([{ limit: 2 }, { limit: 2, after: 'b' }]);
});

it('pages of any length go on until as many are shown as there are, or one is empty', async () => {
  const load = vi.fn((after: string | undefined) =>
    after === undefined ? answer([1, 2], 'b', 4) : after === 'b' ? answer([3], 'c', 4) : answer([], null, 4),
  );
  const { result } = renderHook(() => useList(load));
  await waitFor(() => expect(result.current.items).toEqual([1, 2]));
  await act(async () => void (await result.current.loadMore()));
  expect([result.current.items, result.current.more]).toEqual([[1, 2, 3], true]);
  await act(async () => void (await result.current.loadMore()));
  expect([result.current.items, result.current.more]).toEqual([[1, 2, 3], false]);
});

it('what is shown stays when the next page does not come, which is asked for again', async () => {
  let fails = true;
  const load = (after: string | undefined) =>
    after === undefined ? answer([1], 'a', 2) : fails ? Promise.reject(new Error('offline')) : answer([2], 'b', 2);
  const { result } = renderHook(() => useList(load));
  await waitFor(() => expect(result.current.items).toEqual([1]));
  await act(async () => void (await result.current.loadMore()));
  expect([result.current.items, result.current.error, result.current.more]).toEqual([[1], null, true]);
  expect(result.current.failed).toBeInstanceOf(Error);
  fails = false;
  await act(async () => void (await result.current.loadMore()));
  expect([result.current.items, result.current.failed]).toEqual([[1, 2], null]);
});

it('read anew, a list begins with its first page', async () => {
  let first = 1;
  const load = (after: string | undefined) => (after === undefined ? answer([first], 'a', 2) : answer([2], 'b', 2));
  const { result } = renderHook(() => useList(load));
  await waitFor(() => expect(result.current.items).toEqual([1]));
  await act(async () => void (await result.current.loadMore()));
  first = 7;
  act(() => result.current.reload());
  await waitFor(() => expect(result.current.items).toEqual([7]));
});
