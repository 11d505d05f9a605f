import { screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { Comments } from '../../src/parts/comments/Comments';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const somying = { username: 'dpo2', name: 'สมหญิง รักงาน' };
const said = {
  commentKey: '1',
  author: 'dpo2',
  text: 'ขอให้ @สมหญิง รักงาน ดู <img src=x onerror=alert(1)>',
  createdAt: '2026-04-10T09:00:00.000Z',
  userTaskKey: null,
  mentions: ['dpo2'],
};

function comments(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /process-instances/300/comments': { items: [said] },
    'POST /documents/search': page([]),
    'POST /process-instances/300/comments': new Reply(204),
    'POST /process-instances/300/readers/search': page([somying, { username: me.username, name: 'ตัวฉัน' }]),
    'POST /users/search': page([somying]),
    ...routes,
  });
}

const draw = () =>
  renderPage(<Comments processInstanceKey="300" mayAdd />, { at: '/cases/300', pattern: '/cases/:key' });

beforeAll(() => {
  // which jsdom, having no layout, lacks
  Element.prototype.scrollIntoView = () => undefined;
});

describe('mentions in comments', () => {
  it('are chosen with the keyboard, and sent as user names', async () => {
    const calls = comments();
    const { user, container } = draw();
    const box = await screen.findByLabelText('เพิ่มความเห็น');
    await user.type(box, 'ฝาก @สม');
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual(['สมหญิง รักงาน dpo2']); // never oneself
    await expectAccessible(container);
    expect(box.getAttribute('aria-activedescendant')).toBe(options[0]?.id);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.keyboard('ดู');
    expect((box as HTMLTextAreaElement).value).toBe('ฝาก @สมหญิง รักงาน ดู');
    expect(screen.getByText('จะแจ้ง: สมหญิง รักงาน')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'ส่งความเห็น' }));
    await waitFor(() =>
      expect(calls.find(({ method, path }) => method === 'POST' && path.endsWith('/comments'))?.body).toEqual({
        text: 'ฝาก @สมหญิง รักงาน ดู',
        mentions: ['dpo2'],
      }),
    );
  });

  it('are closed with Escape, and whoever is not named any more is not told', async () => {
    const calls = comments();
    const { user } = draw();
    const box = await screen.findByLabelText('เพิ่มความเห็น');
    await user.type(box, '@ส');
    await screen.findByRole('option');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.clear(box);
    await user.type(box, '@ส');
    await screen.findByRole('option');
    await user.keyboard('{Enter}');
    await user.clear(box);
    await user.type(box, 'ไม่มีใคร{Enter}');
    await user.click(screen.getByRole('button', { name: 'ส่งความเห็น' }));
    await waitFor(() =>
      expect(calls.find(({ method, path }) => method === 'POST' && path.endsWith('/comments'))?.body).toMatchObject({
        mentions: [],
      }),
    );
  });

  it('stand out in what was written, which is text and nothing else', async () => {
    comments();
    const { container } = draw();
    expect((await screen.findByText('@สมหญิง รักงาน')).className).toBe('mention');
    expect(container.querySelector('img')).toBeNull();
    expect(container.querySelector('.comment-text')?.textContent).toBe(said.text);
  });

  it('are kept when they are refused, with the reason', async () => {
    const refused = problem(400, { code: 'mentioned-cannot-read', th: 'ไม่มีสิทธิอ่าน', en: 'may not read' });
    comments({ 'POST /process-instances/300/comments': refused });
    const { user } = draw();
    const box = await screen.findByLabelText('เพิ่มความเห็น');
    await user.type(box, 'ฝากดู');
    await user.click(screen.getByRole('button', { name: 'ส่งความเห็น' }));
    expect((await screen.findByRole('alert')).textContent).toContain('ไม่มีสิทธิอ่าน');
    expect((box as HTMLTextAreaElement).value).toBe('ฝากดู');
  });
});
