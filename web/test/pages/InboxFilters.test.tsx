/** The filters of the inbox: what is asked for, and that they stay where one goes. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import InboxPage from '../../src/pages/inbox/InboxPage';
import { aside, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve } from '../server';

const processes = page([
  { processDefinitionId: 'p', processDefinitionKey: '9', name: 'แจ้งเหตุ', nameEn: 'Notification' },
]);

function inbox(tasks = [userTask()], definitions: unknown = processes) {
  const calls = serve({
    'GET /authentication/me': me,
    ...aside,
    'POST /user-tasks/search': () => page(tasks),
    'POST /process-definitions/search': definitions,
  });
  const asked = () => calls.filter(({ path }) => path === '/user-tasks/search').at(-1)?.body as { filter: object };
  return asked;
}

async function fold(): Promise<HTMLDetailsElement> {
  const summary = await screen.findByText('ตัวกรอง', { selector: 'summary' });
  const details = summary.closest('details');
  if (!details) throw new Error('nothing is folded');
  return details;
}

describe('the filters of the inbox', () => {
  it('narrow by process, day and priority, by keys, and are taken away at once', async () => {
    const asked = inbox();
    const { user, router, container } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups&q=เรื่อง' });
    await screen.findByRole('option', { name: 'แจ้งเหตุ' });
    await expectAccessible(container);
    await user.selectOptions(screen.getByLabelText('กระบวนงาน'), 'p');
    await user.selectOptions(screen.getByLabelText('ความสำคัญ'), 'high');
    await waitFor(() =>
      expect(asked().filter).toEqual({
        view: 'groups',
        text: 'เรื่อง',
        processDefinitionId: 'p',
        priority: { $gt: 50 },
      }),
    );
    screen.getByRole('button', { name: 'ล้างตัวกรอง (๒)' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked().filter).toEqual({ view: 'groups', text: 'เรื่อง' }));
    expect(router.state.location.search).toBe(`?${new URLSearchParams({ view: 'groups', q: 'เรื่อง' }).toString()}`);
  });

  it('are folded on a telephone, open where one is chosen', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: query === '(max-width: 40rem)',
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }));
    try {
      inbox();
      const first = renderPage(<InboxPage />, { pattern: '/', at: '/' });
      const { user, container } = first;
      const folded = await fold();
      expect(folded.open).toBe(false);
      await user.click(screen.getByText('ตัวกรอง', { selector: 'summary' }));
      expect(folded.open).toBe(true);
      expect(within(folded).getByLabelText('กระบวนงาน')).toBe(screen.getByLabelText('กระบวนงาน'));
      expect(within(folded).getByLabelText('เลขที่เรื่อง')).toBe(screen.getByLabelText('เลขที่เรื่อง'));
      await expectAccessible(container);
      first.unmount();
      renderPage(<InboxPage />, { pattern: '/', at: '/?due=today' });
      expect((await fold()).open).toBe(true);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it.each([
    ['today', 1],
    ['week', 7],
  ])('%s is whole days of the office', async (due, days) => {
    const asked = inbox();
    renderPage(<InboxPage />, { pattern: '/', at: `/?view=mine&due=${due}` });
    await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' });
    const { dueBy } = asked().filter as { dueBy: { $gte: string; $lt: string } };
    expect(dueBy.$gte).toMatch(/T17:00:00\.000Z$/); // midnight in Bangkok
    expect(Date.parse(dueBy.$lt) - Date.parse(dueBy.$gte)).toBe(days * 86_400_000);
    expect(Date.parse(dueBy.$gte)).toBeLessThanOrEqual(Date.now());
  });

  it('hold in every view', async () => {
    const asked = inbox();
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups&process=p&due=week' });
    await user.click(within(await screen.findByRole('navigation')).getByRole('link', { name: 'เกินกำหนด' }));
    await waitFor(() => expect(asked().filter).toMatchObject({ view: 'overdue', processDefinitionId: 'p' }));
  });

  it('say so when nothing matches them, and take what they do not know for nothing', async () => {
    const asked = inbox([]);
    const { router } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups&priority=high' });
    expect(await screen.findByText('ไม่พบงานที่ตรงกับตัวกรอง')).toBeTruthy();
    await router.navigate('/?view=groups&due=yesterday&priority=9');
    await waitFor(() => expect(asked().filter).toEqual({ view: 'groups' }));
  });

  it('leave the list usable when the processes cannot be read', async () => {
    inbox([userTask()], problem(503));
    renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups&process=p' });
    expect(await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' })).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'ลองใหม่' })).toBeTruthy();
    expect(screen.getByLabelText<HTMLSelectElement>('กระบวนงาน').value).toBe('p');
  });
});
