import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { DeadlineDetails } from '../../src/api/types';
import { ClockBoard } from '../../src/parts/deadlines/ClockBoard';
import { deadline, me, record } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve, type Routes } from '../server';

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

function board(deadlines: DeadlineDetails[], routes: Routes = {}, language: 'th' | 'en' = 'th') {
  const calls = serve({ 'GET /authentication/me': me, ...routes });
  const reload = vi.fn();
  const shown = renderPage(<ClockBoard deadlines={deadlines} reload={reload} />, { pattern: '/x', at: '/x', language });
  return { ...shown, calls, reload };
}

const running = (changes: Partial<DeadlineDetails> = {}) =>
  deadline({ dueAt: inHours(30.5), lateUntil: inHours(300), ...changes });

describe('the clock of a case', () => {
  it('shows in large numbers what is left, and until when', async () => {
    const { container } = board([running()]);
    const timer = await screen.findByRole('timer');
    expect(timer.textContent).toMatch(/^เหลือเวลา ๑ วัน ๖ ชั่วโมง (๓๐|๒๙) นาที/);
    expect(screen.getByRole('heading', { name: 'แจ้งภายใน ๗๒ ชั่วโมง' })).toBeTruthy();
    await expectAccessible(container);
  });

  it('goes on counting after it is over, until lateness is, too', async () => {
    board([running({ dueAt: inHours(-5), lateUntil: inHours(-1), state: 'MISSED' })], {}, 'en');
    expect((await screen.findByRole('timer')).textContent).toContain('Over since');
    expect(screen.getByText('Out of term')).toBeTruthy();
  });

  it('says how far from its end it was stopped', async () => {
    const kept = { state: 'KEPT' as const, dueAt: inHours(0), stoppedAt: inHours(-3) };
    board([running(kept)], {}, 'en');
    expect(await screen.findByText('Done 3 h before it was due')).toBeTruthy();
    expect(screen.queryByRole('timer')).toBeNull();
  });

  it('tells evidence, extension, act and supplements with who recorded them', async () => {
    const label = { th: 'หลักฐานการทราบเหตุ', en: 'Evidence of awareness' };
    const none = { th: null, en: null };
    const records = [
      record({ facts: [{ name: 'awareness_evidence', label, value: 'letter 12', shown: none }] }),
      record({
        deadlineRecordKey: '51',
        kind: 'EXTENDED',
        dueBefore: '2026-04-13T09:00:00.000Z',
        dueAfter: '2026-04-15T09:00:00.000Z',
        text: 'the extent is not known',
        approvedBy: 'owner',
        document: { documentId: 'abc', fileName: 'memo.pdf' },
      }),
      record({
        deadlineRecordKey: '52',
        kind: 'SUPPLEMENTED',
        text: 'forty more',
        document: { 'krabuan.masked': true },
      }),
      record({ deadlineRecordKey: '53', kind: 'STOPPED', elementId: 'Task_Notify' }),
    ];
    board([running({ records, warnings: [{ at: '2026-04-11T09:00:00.000Z', to: ['dpo'] }] })], {}, 'en');
    expect((await screen.findByText('Evidence of awareness')).nextSibling?.textContent).toBe('letter 12');
    expect(screen.getByText(/^Extended from 13 Apr 2026, 16:00 to 15 Apr 2026, 16:00/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Document: memo.pdf' }).getAttribute('href')).toBe('/v2/documents/abc');
    expect(screen.getByText(/Approved by owner/)).toBeTruthy();
    expect(screen.getByText('There is a classified document')).toBeTruthy();
    expect(screen.getByText(/^Notify the Office, /)).toBeTruthy();
    expect(screen.getByText(/^Warned dpo on/)).toBeTruthy();
  });

  it('shows of several rounds those that are open and the last', async () => {
    const ended = (key: string) => running({ deadlineKey: key, state: 'KEPT', stoppedAt: inHours(-1) });
    board([ended('1'), ended('2'), running({ deadlineKey: '3', deadlineId: 'other' })]);
    expect(await screen.findAllByRole('heading')).toHaveLength(2);
  });
});

describe('what one may do about it', () => {
  it('offers nothing to who may nothing', async () => {
    board([running()]);
    await screen.findByRole('timer');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('adds facts', async () => {
    const routes = { 'POST /deadlines/5/supplements': { deadlineRecordKey: '9' } };
    const { calls, reload, user } = board([running({ actions: ['supplement'] })], routes, 'en');
    await user.click(await screen.findByRole('button', { name: /^Add facts/ }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('What became known later'), 'forty more persons');
    await user.click(dialog.getByRole('button', { name: 'Add facts' }));
    await vi.waitFor(() => expect(reload).toHaveBeenCalled());
    const sent = calls.find(({ path }) => path === '/deadlines/5/supplements')?.body;
    expect(sent).toMatchObject({ text: 'forty more persons' });
  });

  it('asks for the extension where a second person is needed', async () => {
    const routes = {
      'POST /deadlines/5/extension': problem(409, { code: 'second-person-needed' }),
      'POST /interventions': { interventionKey: '9' },
    };
    const { calls, reload, user } = board([running({ actions: ['extend'] })], routes, 'en');
    await user.click(await screen.findByRole('button', { name: /^Extend/ }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('Reason'), 'the extent is not known');
    await user.click(dialog.getByRole('button', { name: 'Extend' }));
    await vi.waitFor(() => expect(reload).toHaveBeenCalled());
    const sent = calls.find(({ path }) => path === '/interventions')?.body;
    expect(sent).toMatchObject({ kind: 'extend', key: '5', request: { reason: 'the extent is not known' } });
  });
});
