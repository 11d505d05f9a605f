import { describe, expect, it, vi } from 'vitest';
import { NameBook } from '../../src/api/directory';

const names = (ids: string[]) => new Map(ids.map((id) => [id, { th: `ชื่อ ${id}`, en: id }]));

describe('a book of names', () => {
  it('asks for the names of one moment in one request, and once', async () => {
    const fetchNames = vi.fn((ids: string[]) => Promise.resolve(names(ids)));
    const book = new NameBook(fetchNames);
    book.want(['a', 'b']);
    book.want(['b', 'c']);
    await vi.waitFor(() => expect(book.get('c')?.th).toBe('ชื่อ c'));
    book.want(['a']);
    await Promise.resolve();
    expect(fetchNames.mock.calls).toEqual([[['a', 'b', 'c']]]);
  });

  it('tells when names came in', async () => {
    const book = new NameBook((ids) => Promise.resolve(names(ids)));
    const listener = vi.fn();
    book.subscribe(listener);
    book.want(['a']);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1));
  });

  it('remembers that a key has no name, but asks again after a failure', async () => {
    const fetchNames = vi.fn(() => Promise.resolve(new Map()));
    const book = new NameBook(fetchNames);
    book.want(['a']);
    await vi.waitFor(() => expect(book.snapshot()).toBe(1));
    book.want(['a']);
    fetchNames.mockRejectedValueOnce(new Error('offline'));
    book.want(['b']);
    await vi.waitFor(() => expect(book.snapshot()).toBe(2));
    book.want(['b']);
    await vi.waitFor(() => expect(book.snapshot()).toBe(3));
    expect(fetchNames).toHaveBeenCalledTimes(3);
  });
});
