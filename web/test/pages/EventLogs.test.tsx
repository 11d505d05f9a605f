import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOTHING } from '../../src/api/caseSearch';
import * as saving from '../../src/api/save';
import { EventLogs } from '../../src/pages/search/EventLogs';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve } from '../server';

const search = { ...NOTHING, process: 'p' };
const place = { pattern: '/search', at: '/search' };
const PATH = 'POST /process-instances/event-log';

beforeEach(() => {
  vi.spyOn(saving, 'saveFile').mockImplementation(() => undefined);
});

describe('what a search found as an event log', () => {
  it('is taken out by keyboard in the format that is chosen, people by pseudonyms', async () => {
    const calls = serve({ 'GET /authentication/me': me, [PATH]: {} });
    const { container, user } = renderPage(<EventLogs search={search} />, { ...place, language: 'en' });
    await user.click(await screen.findByText('Event log for process mining'));
    await user.selectOptions(screen.getByLabelText('Format'), 'OCEL 2.0 (JSON)');
    screen.getByRole('button', { name: 'Download the event log' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(saving.saveFile).toHaveBeenCalledWith(expect.any(Blob), 'cases.ocel.json'));
    const asked = calls.find(({ method }) => method === 'POST');
    expect(asked?.path).toBe('/process-instances/event-log?format=ocel&language=en&people=pseudonyms');
    expect(asked?.body).toMatchObject({ filter: { processDefinitionId: 'p' } });
    await expectAccessible(container);
  });

  it('has names when they are asked for', async () => {
    const calls = serve({ 'GET /authentication/me': me, [PATH]: {} });
    const { user } = renderPage(<EventLogs search={search} />, place);
    await user.click(await screen.findByText('บันทึกเหตุการณ์สำหรับวิเคราะห์กระบวนงาน'));
    await user.click(screen.getByRole('checkbox', { name: 'ระบุชื่อบัญชีผู้ใช้แทนนามแฝง' }));
    await user.click(screen.getByRole('button', { name: 'ดาวน์โหลดบันทึกเหตุการณ์' }));
    await waitFor(() => expect(saving.saveFile).toHaveBeenCalledWith(expect.any(Blob), 'cases.xes'));
    expect(calls.find(({ method }) => method === 'POST')?.path).toContain('people=names');
  });

  it('says where it stands that there is too much, and what to do', async () => {
    const refused = problem(400, { code: 'event-log-too-large', th: 'พบมากเกินไป โปรดจำกัดการค้นหา', en: 'Too much' });
    serve({ 'GET /authentication/me': me, [PATH]: refused });
    const { user } = renderPage(<EventLogs search={search} />, place);
    await user.click(await screen.findByText('บันทึกเหตุการณ์สำหรับวิเคราะห์กระบวนงาน'));
    await user.click(screen.getByRole('button', { name: 'ดาวน์โหลดบันทึกเหตุการณ์' }));
    expect((await screen.findByRole('alert')).textContent).toContain('โปรดจำกัดการค้นหา');
    expect(saving.saveFile).not.toHaveBeenCalled();
  });
});
