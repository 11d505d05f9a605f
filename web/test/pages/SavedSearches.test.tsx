import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { NOTHING } from '../../src/api/caseSearch';
import { SavedSearches } from '../../src/pages/search/SavedSearches';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, Reply, serve, type Routes } from '../server';

const place = { pattern: '/search', at: '/search', language: 'en' } as const;
const PATH = '/authentication/me/saved-searches';
const late = { savedSearchKey: '7', name: 'ล่าช้า', conditions: { deadline: 'missed' } };

function shown(search: object = {}, routes: Routes = {}) {
  const onSearch = vi.fn();
  const calls = serve({
    'GET /authentication/me': me,
    [`GET ${PATH}`]: { items: [late] },
    [`POST ${PATH}`]: new Reply(201, { savedSearchKey: '8' }),
    [`DELETE ${PATH}/7`]: new Reply(204),
    ...routes,
  });
  const view = renderPage(<SavedSearches search={{ ...NOTHING, ...search }} onSearch={onSearch} />, place);
  return { calls, onSearch, ...view };
}

describe('saved searches', () => {
  it('are chosen again and given up by keyboard', async () => {
    const { calls, container, onSearch, user } = shown();
    (await screen.findByRole('button', { name: 'ล่าช้า' })).focus();
    await user.keyboard('{Enter}');
    expect(onSearch).toHaveBeenCalledWith({ ...NOTHING, deadline: 'missed' });
    expect(screen.queryByLabelText('Name of this search')).toBeNull();
    await expectAccessible(container);
    await user.tab();
    await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
    await waitFor(() => expect(calls.filter(({ path }) => path === PATH)).toHaveLength(2));
  });

  it('keep what is searched for, without what is empty', async () => {
    const { calls, user } = shown({ words: 'fire', process: 'p' });
    await user.type(await screen.findByLabelText('Name of this search'), 'fires{Enter}');
    await waitFor(() =>
      expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
        name: 'fires',
        conditions: { words: 'fire', process: 'p' },
      }),
    );
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Name of this search').value).toBe(''));
  });

  it('say why one was not saved, and keep the name that was typed', async () => {
    const taken = problem(409, { code: 'saved-search-name-taken', en: 'You have one of this name', th: 'มีชื่อนี้แล้ว' });
    const { user } = shown({ words: 'fire' }, { [`POST ${PATH}`]: taken });
    await user.type(await screen.findByLabelText('Name of this search'), 'fires{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('You have one of this name');
    expect(screen.getByLabelText<HTMLInputElement>('Name of this search').value).toBe('fires');
  });

  it('are renamed by keyboard; a name that is taken is told in the dialog', async () => {
    let taken = true;
    const { calls, container, user } = shown(
      {},
      {
        [`PATCH ${PATH}/7`]: () => (taken ? problem(409, { th: 'ชื่อนี้มีแล้ว', en: 'The name is taken' }) : new Reply(204)),
      },
    );
    (await screen.findByRole('button', { name: 'Rename ล่าช้า' })).focus();
    await user.keyboard('{Enter}');
    const name = await screen.findByLabelText('New name');
    await user.clear(name);
    await user.type(name, ' เกินกำหนด {Enter}');
    await screen.findByText('The name is taken');
    await expectAccessible(container);
    taken = false;
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(sent).toEqual([{ name: 'เกินกำหนด' }, { name: 'เกินกำหนด' }]);
  });
});
