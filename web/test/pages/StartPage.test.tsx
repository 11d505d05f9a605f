import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CatalogueEntry, CatalogueFilter } from '../../src/api/catalogue';
import StartPage from '../../src/pages/start/StartPage';
import { form, me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const definition = {
  processDefinitionKey: '9',
  processDefinitionId: 'p',
  name: 'แจ้งเหตุ',
  nameEn: 'Notification',
  version: 2,
  hasStartForm: true,
};
const entry: CatalogueEntry = {
  processDefinitionKey: '9',
  processDefinitionId: 'p',
  version: 2,
  name: { th: 'แจ้งเหตุ', en: 'Notification' },
  description: { th: 'แจ้งเหตุละเมิด', en: 'Tell of a breach' },
  ownerUnit: { key: 'ict', name: { th: 'ศูนย์เทคโนโลยี', en: 'ICT Centre' } },
  expected: { basis: 'PAST', seconds: 3 * 86_400, cases: 12, standard: [] },
  needs: [
    { key: 'report', label: { th: 'รายงานเหตุ', en: 'Report' }, required: true, file: false },
    { key: 'proof', label: { th: 'หลักฐาน', en: 'Proof' }, required: false, file: true },
  ],
  participants: [{ key: 'dpo', name: { th: 'เจ้าหน้าที่คุ้มครองข้อมูล', en: 'DPO' } }],
  favourite: false,
  lastStartedAt: null,
};
const units = [{ key: 'ict', name: { th: 'ศูนย์เทคโนโลยี', en: 'ICT Centre' }, processes: 1 }];
const FAVOURITE = '/authentication/me/favourite-processes/p';
const choice = { pattern: '/start', at: '/start' };
const one = { pattern: '/start/:key', at: '/start/9' };

/** What the catalogue answers: everything, the favourites, what was started last. */
function found(all = [entry], favourites: CatalogueEntry[] = [], recent: CatalogueEntry[] = []) {
  return ({ body }: { body: unknown }) => {
    const { filter } = body as { filter: CatalogueFilter };
    return { ...page(filter.favourite ? favourites : filter.recent ? recent : all), units };
  };
}

function processes(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /process-catalogue/search': found(),
    'GET /process-catalogue/9': entry,
    'GET /process-definitions/9': definition,
    'GET /process-definitions/9/form': form,
    'POST /process-instances': { processInstanceKey: '300' },
    ...routes,
  });
}

describe('starting a case', () => {
  it('offers what the person may start by unit, with what to know before', async () => {
    processes();
    const { container } = renderPage(<StartPage />, choice);
    const unit = within(await screen.findByRole('region', { name: 'ศูนย์เทคโนโลยี' }));
    expect(unit.getByRole('link', { name: 'แจ้งเหตุ' }).getAttribute('href')).toBe('/start/9');
    expect(unit.getByText('ประมาณ ๓ วัน (ค่ากลางของ ๑๒ เรื่องที่เสร็จแล้ว)')).toBeTruthy();
    expect(unit.getByText('ข้อมูล ๑ รายการ · ไฟล์ ๑ รายการ')).toBeTruthy();
    await expectAccessible(container);
  });

  it('puts favourites and what was started last first', async () => {
    const last = { ...entry, lastStartedAt: '2026-04-10T09:00:00.000Z' };
    processes({ 'POST /process-catalogue/search': found([entry], [entry], [last]) });
    renderPage(<StartPage />, choice);
    expect(within(await screen.findByRole('navigation', { name: 'รายการโปรด' })).getByRole('link')).toBeTruthy();
    expect(screen.getByRole('navigation', { name: 'ที่คุณเริ่มล่าสุด' }).textContent).toContain('๑๐ เม.ย. ๒๕๖๙');
  });

  it('makes a favourite by keyboard, and takes the star back when the server refuses', async () => {
    let refuse = false;
    const calls = processes({
      [`PUT ${FAVOURITE}`]: () => new Reply(204),
      [`DELETE ${FAVOURITE}`]: () => (refuse ? problem(503) : new Reply(204)),
    });
    const { user } = renderPage(<StartPage />, choice);
    const star = await screen.findByRole('button', { name: /^เก็บ “แจ้งเหตุ”/ });
    star.focus();
    await user.keyboard(' ');
    await waitFor(() => expect(calls.some((call) => call.path === FAVOURITE && call.method === 'PUT')).toBe(true));
    await waitFor(() => expect(star.getAttribute('aria-pressed')).toBe('true'));
    refuse = true;
    await user.click(star);
    await waitFor(() => expect(calls.some((call) => call.method === 'DELETE')).toBe(true));
    expect(star.getAttribute('aria-pressed')).toBe('false'); // as the list, read before, has it
  });

  it('searches in the address, and offers everything again when nothing is found', async () => {
    const calls = processes({ 'POST /process-catalogue/search': found([]) });
    const { user, router } = renderPage(<StartPage />, { ...choice, at: '/start?unit=ict' });
    await user.type(await screen.findByRole('searchbox'), 'ลา{Enter}');
    await waitFor(() => expect(calls.at(-1)?.body).toMatchObject({ filter: { text: 'ลา', ownerUnit: 'ict' } }));
    await user.click(await screen.findByRole('button', { name: 'แสดงทั้งหมด' }));
    expect(router.state.location.search).toBe('');
    await screen.findByText(/^สิทธิ์เริ่มเรื่อง/);
  });

  it('tells before the form what is asked for and who takes part', async () => {
    processes();
    renderPage(<StartPage />, { ...one, language: 'en' });
    const about = within(await screen.findByRole('region', { name: 'About this process' }));
    await about.findByText('DPO');
    expect(about.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Report (required)', 'Prooffile']);
    expect(about.getByText('ICT Centre')).toBeTruthy();
  });

  it('starts with the form’s data and the case’s number, and opens the case', async () => {
    const calls = processes();
    const { user, router } = renderPage(<StartPage />, one);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    await user.type(screen.getByLabelText('เลขที่เรื่อง (ถ้ามี)'), 'กษ 12');
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/cases/300'));
    expect(calls.find((call) => call.path === '/process-instances')?.body).toMatchObject({
      processDefinitionKey: '9',
      variables: { report: 'ครบ' },
      businessId: 'กษ 12',
    });
  });

  it('starts without a form where there is none', async () => {
    const calls = processes({ 'GET /process-definitions/9/form': new Reply(204) });
    const { user } = renderPage(<StartPage />, one);
    await user.click(await screen.findByRole('button', { name: 'เริ่มเรื่อง' }));
    await waitFor(() => expect(calls.some((call) => call.path === '/process-instances')).toBe(true));
    expect(calls.find((call) => call.path === '/process-instances')?.body).toEqual({
      processDefinitionKey: '9',
      variables: {},
    });
  });

  it('shows why a case was not started', async () => {
    processes({ 'POST /process-instances': problem(403) });
    const { user } = renderPage(<StartPage />, one);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'x');
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    expect((await screen.findByRole('alert')).textContent).toBe('คุณไม่มีสิทธิ์ดำเนินการนี้');
  });
});
