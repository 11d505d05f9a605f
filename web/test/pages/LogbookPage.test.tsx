import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import LogbookPage from '../../src/pages/logbook/LogbookPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

const place = { pattern: '/audit-trail', at: '/audit-trail' };
const entry = (changes: object) => ({
  auditLogKey: '1',
  entityKey: 'ann',
  entityType: 'AUTHORIZATION',
  operationType: 'ASSIGN',
  result: 'SUCCESS',
  timestamp: '2026-04-10T09:00:00.000Z',
  actorId: 'admin',
  processInstanceKey: null,
  entityDescription: 'role-granted',
  details: { entityKey: 'ann', role: 'auditor', processId: null, revoked: true },
  ...changes,
});
const items = [
  entry({}),
  entry({ auditLogKey: '2', entityDescription: 'sign-in-refused', entityType: 'USER', result: 'FAIL', details: {} }),
  entry({
    auditLogKey: '3',
    entityDescription: 'instance-cancelled',
    entityType: 'PROCESS_INSTANCE',
    entityKey: '300',
    processInstanceKey: '300',
    details: {},
  }),
  entry({
    auditLogKey: '4',
    entityDescription: 'people-imported',
    entityType: 'USER',
    details: { files: { 'people.csv': 'ab12' }, groups: { added: ['clerks', 'panel'], changed: [] }, later: 1 },
  }),
];

function log(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['auditor'] },
    'POST /audit-logs/search': page(items),
    'POST /users/search': page([{ username: 'ann', name: 'แอน ตัวอย่าง' }]),
    ...more,
  };
}

const asked = (calls: { path: string; body: unknown }[], path = '/audit-logs/search') =>
  calls.findLast((call) => call.path.startsWith(path))?.body as { filter: object; sort: unknown };

describe('the audit trail', () => {
  it('tells each entry in words, with its details and what it is about', async () => {
    serve(log());
    const { user, container } = renderPage(<LogbookPage />, { ...place, language: 'en' });
    await screen.findByText('Role given or taken back');
    screen.getByText('Sign-in refused');
    screen.getByText('Case cancelled');
    expect(screen.getByRole('link', { name: 'Case 300' }).getAttribute('href')).toBe('/cases/300');
    expect((await screen.findAllByText('แอน ตัวอย่าง')).length).toBeGreaterThan(0);
    const row = within(screen.getByRole('row', { name: /Role given/ }));
    await user.click(row.getByText('Details'));
    expect(row.getAllByRole('term').map((each) => each.textContent)).toEqual(['Role', 'Taken back']);
    const imported = within(screen.getByRole('row', { name: /People imported/ }));
    await user.click(imported.getByText('Details'));
    imported.getByText('clerks, panel');
    imported.getByText('later');
    await expectAccessible(container);
  });

  it('is narrowed by kind, person, thing, outcome and days', async () => {
    const calls = serve(log());
    const { user } = renderPage(<LogbookPage />, { ...place, at: '/audit-trail?from=2026-04-01&until=2026-04-30' });
    await screen.findByText('ให้หรือถอนบทบาท');
    await user.selectOptions(screen.getByLabelText('เหตุการณ์'), 'การแจ้งเตือน');
    await user.selectOptions(screen.getByLabelText('ผล'), 'ไม่สำเร็จ');
    await user.type(screen.getByLabelText('ผู้กระทำ'), 'admin{Enter}');
    await user.type(screen.getByLabelText('เกี่ยวกับ'), 'ann{Enter}');
    await screen.findByText('ให้หรือถอนบทบาท');
    expect(asked(calls)).toEqual({
      filter: {
        $or: ['host-', 'webhook-', 'push-', 'delivery-', 'notification-'].map((start) => ({
          entityDescription: { $like: `${start}*` },
        })),
        actorId: 'admin',
        entityKey: 'ann',
        result: 'FAIL',
        timestamp: { $gte: '2026-04-01T00:00:00+07:00', $lte: '2026-04-30T23:59:59.999999+07:00' },
      },
      sort: [{ field: 'timestamp', order: 'DESC' }],
      page: { limit: 50 },
    });
  });

  it('verifies the chain by one button, and says what a break means', async () => {
    const answers = [
      { valid: true, events: 12, firstBadSequence: null },
      { valid: false, events: 12, firstBadSequence: 7 },
    ];
    serve(log({ 'GET /audit-logs/verification': () => answers.shift() ?? problem(503) }));
    const { user, container } = renderPage(<LogbookPage />, { ...place, language: 'en' });
    const button = await screen.findByRole('button', { name: 'Verify that nothing was changed' });
    button.focus();
    await user.keyboard('{Enter}');
    await screen.findByText(/all 12 events of the service are complete/);
    await user.click(button);
    await screen.findByText(/from event 7 on/);
    await expectAccessible(container);
    await user.click(button);
    await screen.findByRole('alert');
  });

  it('is taken out as a table, as it was searched', async () => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
    const calls = serve(log({ 'POST /audit-logs/export': 'เวลา' }));
    const { user } = renderPage(<LogbookPage />, { ...place, at: '/audit-trail?thing=ann' });
    await user.click(await screen.findByRole('button', { name: 'บันทึกเป็นตาราง' }));
    await screen.findByText('บันทึกตารางแล้ว');
    expect(asked(calls, '/audit-logs/export?language=th').filter).toEqual({ entityKey: 'ann' });
  });

  it('says when nothing fits', async () => {
    serve(log({ 'POST /audit-logs/search': page([]) }));
    renderPage(<LogbookPage />, place);
    await screen.findByText('ไม่พบรายการตามเงื่อนไขนี้');
    expect(screen.queryByRole('button', { name: 'บันทึกเป็นตาราง' })).toBeNull();
  });
});
