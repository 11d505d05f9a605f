import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Notifying } from '../../src/pages/account/Notifying';
import { DeadLetters } from '../../src/pages/channels/DeadLetters';
import TemplatesPage from '../../src/pages/templates/TemplatesPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve } from '../server';

const place = { pattern: '/x', at: '/x' };
const MINE = '/authentication/me/notification-preferences';
const each = { mail: 'at-once', push: 'at-once' };
const preference = {
  language: 'th',
  choices: { tasks: each, open: { mail: 'digest', push: 'digest' }, reminders: each, statutory: each, messages: each },
  digestAt: '08:00',
  quietFrom: '20:00',
  quietUntil: '06:00',
  rev: 3,
};

describe('how I am notified', () => {
  it('is chosen by topic and channel, with times as offices write them', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      [`GET ${MINE}`]: preference,
      [`PUT ${MINE}`]: new Reply(204),
    });
    const { user, container } = renderPage(<Notifying />, place);
    const reminders = await screen.findByLabelText('งานใกล้ครบหรือเกินกำหนด: อีเมล');
    await user.selectOptions(reminders, 'รวมวันละครั้ง');
    const statutory = screen.getByLabelText('กำหนดเวลาตามกฎหมาย: อีเมล');
    expect(within(statutory).queryByText('รวมวันละครั้ง')).toBeNull();
    await user.selectOptions(screen.getByLabelText('ภาษา'), 'en');
    const digest = screen.getByLabelText('เวลาที่ส่งแบบรวม');
    await user.clear(digest);
    await user.type(digest, '25.00{Enter}');
    await screen.findByText('โปรดใส่เวลาแบบ ๐๘:๐๐');
    await user.clear(digest);
    await user.type(digest, '๐๗.๓๐');
    await user.click(screen.getByRole('checkbox', { name: /ช่วงเวลาที่ไม่ให้ส่ง/ }));
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'บันทึก' }));
    await screen.findByText('บันทึกแล้ว');
    const sent = calls.find(({ method }) => method === 'PUT');
    expect(sent?.headers.get('If-Match')).toBe('"3"');
    expect(sent?.body).toEqual({
      language: 'en',
      choices: { ...preference.choices, reminders: { mail: 'digest', push: 'at-once' } },
      digestAt: '07:30',
      quietFrom: null,
      quietUntil: null,
    });
  });

  it('says what the server refused', async () => {
    serve({
      'GET /authentication/me': me,
      [`GET ${MINE}`]: preference,
      [`PUT ${MINE}`]: problem(409, { code: 'stale-revision', th: 'มีผู้แก้ไขข้อมูลนี้ไปแล้ว', en: 'changed' }),
    });
    const { user } = renderPage(<Notifying />, { ...place, language: 'en' });
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
  });
});

describe('undelivered notifications', () => {
  const letter = {
    deliveryKey: '8',
    notificationKey: '9',
    topic: 'reminder',
    username: '',
    channel: 'webhook:7',
    parcelKey: '10',
    attempts: 8,
    errorMessage: 'status 500',
    createdAt: '2026-04-10T09:00:00.000Z',
    processInstanceKey: '300',
    userTaskKey: null,
  };

  it('are sent again or given up, with a reason', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      'POST /dead-letters/search': page([letter]),
      'POST /dead-letters/8/retry': new Reply(204),
      'POST /dead-letters/8/drop': new Reply(204),
    });
    const { user, container } = renderPage(<DeadLetters mayChange />, place);
    await screen.findByText('status 500');
    await expectAccessible(container);
    for (const [button, reason] of [
      ['ส่งใหม่', 'แก้เครื่องปลายทางแล้ว'],
      ['เลิกส่ง', 'ไม่ใช้ปลายทางนี้อีก'],
    ] as const) {
      await user.click(screen.getByRole('button', { name: new RegExp(`^${button}`) }));
      const dialog = within(await screen.findByRole('dialog'));
      await user.click(dialog.getByRole('button', { name: button }));
      await user.type(dialog.getByLabelText('เหตุผล'), reason);
      await user.click(dialog.getByRole('button', { name: button }));
      await screen.findByText(button === 'ส่งใหม่' ? 'กำลังส่งใหม่' : 'เลิกส่งแล้ว');
    }
    expect(calls.filter(({ path }) => /retry|drop/.test(path)).map(({ path, body }) => [path, body])).toEqual([
      ['/dead-letters/8/retry', { reason: 'แก้เครื่องปลายทางแล้ว' }],
      ['/dead-letters/8/drop', { reason: 'ไม่ใช้ปลายทางนี้อีก' }],
    ]);
  });

  it('are shown to an auditor without anything to press', async () => {
    serve({ 'GET /authentication/me': me, 'POST /dead-letters/search': page([letter]) });
    renderPage(<DeadLetters mayChange={false} />, place);
    await screen.findByText('status 500');
    expect(screen.queryAllByRole('button')).toEqual([]);
  });
});

describe('texts of notifications', () => {
  const template = (language: string, more: object = {}) => ({
    templateId: `task-assigned.${language}`,
    topic: 'task-assigned',
    language,
    subject: '{{ subject }}',
    text: '{{ body }}',
    builtIn: true,
    changedBy: null,
    changedAt: null,
    rev: 0,
    values: ['subject', 'body'],
    ...more,
  });

  it('are written, looked at in a frame in which nothing runs, refused and put back', async () => {
    const own = { builtIn: false, changedBy: 'system', changedAt: '2026-04-10T09:00:00.000Z', rev: 2 };
    const answers = [problem(400, { code: 'template-refused', th: 'ใช้ข้อความนี้ไม่ได้', en: 'x' }), new Reply(204)];
    const calls = serve({
      'GET /authentication/me': me,
      'GET /notification-templates': { items: [template('th', own), template('en')] },
      'POST /notification-templates/task-assigned.th/preview': {
        subject: 'งานใหม่',
        text: 'x',
        plain: 'แบบข้อความ',
        html: '<p>แบบมีรูปแบบ</p>',
      },
      'PUT /notification-templates/task-assigned.th': () => answers.shift(),
      'DELETE /notification-templates/task-assigned.th': new Reply(204),
    });
    const { user, container } = renderPage(<TemplatesPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดูตัวอย่าง' }));
    const frame = await screen.findByTitle('อีเมลแบบมีรูปแบบ');
    expect([frame.getAttribute('sandbox'), frame.getAttribute('srcdoc')]).toEqual(['', '<p>แบบมีรูปแบบ</p>']);
    screen.getByText('แบบข้อความ');
    await user.type(screen.getByLabelText('หัวเรื่อง'), '!');
    await user.click(screen.getByRole('button', { name: 'บันทึก' }));
    expect((await screen.findByRole('alert')).textContent).toBe('ใช้ข้อความนี้ไม่ได้');
    await user.click(screen.getByRole('button', { name: 'บันทึก' }));
    await screen.findByText('บันทึกแล้ว');
    const sent = calls.findLast(({ method }) => method === 'PUT');
    expect([sent?.body, sent?.headers.get('If-Match')]).toEqual([
      { subject: '{{ subject }}!', text: '{{ body }}' },
      '"2"',
    ]);
    await user.click(screen.getByRole('button', { name: 'กลับไปใช้ข้อความของระบบ' }));
    await screen.findByText('กลับไปใช้ข้อความของระบบแล้ว');
    await user.selectOptions(screen.getByLabelText('ภาษา'), 'en');
    await screen.findByText('ข้อความของระบบ');
    expect(screen.queryByRole('button', { name: 'กลับไปใช้ข้อความของระบบ' })).toBeNull();
    await expectAccessible(container.querySelector('#template')?.closest('section') ?? container);
  });
});
