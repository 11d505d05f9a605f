import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import NotificationsPage from '../../src/pages/notifications/NotificationsPage';
import { FakeEvents } from '../events';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, Reply, serve } from '../server';

const notification = {
  notificationKey: '70',
  about: 'reminder',
  subject: 'ครบ ๖๐ ชั่วโมง',
  body: 'ยังไม่ได้แจ้ง',
  subjectEn: '60 hours are over',
  bodyEn: 'Not notified yet',
  topic: 'statutory',
  createdAt: '2026-04-13T00:00:00.000Z',
  readAt: null as string | null,
  recipientKind: 'group',
  recipient: 'dpo',
  processInstanceKey: '300',
  businessId: 'กษ 12',
  userTaskKey: null,
};

describe('notifications', () => {
  it('lead to their case, and are marked as read', async () => {
    const shown = { ...notification };
    const calls = serve({
      'GET /authentication/me': me,
      'POST /notifications/search': () => page([{ ...shown }]),
      'POST /notifications/70/read': () => {
        shown.readAt = '2026-04-13T01:00:00.000Z';
        return new Reply(204);
      },
    });
    const { user, container } = renderPage(<NotificationsPage />, { pattern: '/notifications', at: '/notifications' });
    expect((await screen.findByRole('link', { name: 'เรื่อง กษ 12' })).getAttribute('href')).toBe('/cases/300');
    expect(screen.getByText('ยังไม่ได้อ่าน')).toBeTruthy();
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: /^อ่านแล้ว/ }));
    await waitFor(() => expect(screen.queryByText('ยังไม่ได้อ่าน')).toBeNull());
    expect(calls.some((call) => call.path === '/notifications/70/read')).toBe(true);
  });

  it('appear as they come, without a reload', async () => {
    const shown: object[] = [];
    serve({ 'GET /authentication/me': me, 'POST /notifications/search': () => page([...shown]) });
    const events = FakeEvents.install();
    renderPage(<NotificationsPage />, { pattern: '/notifications', at: '/notifications' });
    await screen.findByText('ยังไม่มีการแจ้งเตือน');
    shown.push(notification);
    events.send('notification', {});
    await screen.findByText('ครบ ๖๐ ชั่วโมง');
  });
});
