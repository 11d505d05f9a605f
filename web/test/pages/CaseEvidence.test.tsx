import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as saving from '../../src/api/save';
import { Evidence } from '../../src/pages/case/Evidence';
import { me, processInstance } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve, type Routes } from '../server';

const place = { pattern: '/cases/:key', at: '/cases/300' };
const whole = { valid: true, events: 12, head: 'ab', firstBadSequence: null };
const signed = { checkpoint: 7, madeAt: '2026-04-10T09:00:00.000000Z', events: 10, agrees: true };

beforeEach(() => {
  vi.spyOn(saving, 'saveFile').mockImplementation(() => undefined);
});

function shown(routes: Routes = {}, roles = ['auditor'], language: 'th' | 'en' = 'th') {
  const calls = serve({
    'GET /authentication/me': { ...me, roles },
    'GET /process-instances/300/history/verification': { ...whole, signed },
    'GET /process-instances/300/evidence': {},
    ...routes,
  });
  return { calls, ...renderPage(<Evidence item={processInstance()} />, { ...place, language }) };
}

describe('what is proved of a case', () => {
  it('is verified by one button and said in plain words', async () => {
    const { container, user } = shown();
    (await screen.findByRole('button', { name: 'ตรวจสอบประวัติของเรื่องนี้' })).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('ประวัติครบถ้วน ตรวจแล้ว ๑๒ เหตุการณ์ ไม่พบการแก้ไข')).toBeTruthy();
    expect(screen.getByText(/๑๐ เหตุการณ์แรกตรงกับที่ระบบลงลายมือชื่อไว้ในจุดตรวจสอบที่ ๗/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'ไม่ได้พิสูจน์อะไร' })).toBeTruthy();
    await expectAccessible(container);
  });

  it.each([
    [{ ...whole, valid: false, firstBadSequence: 4, signed: null }, /changed, from event 4 on/],
    [{ ...whole, signed: { ...signed, agrees: false } }, /are not those that the service signed in checkpoint 7/],
    [{ ...whole, signed: null }, /No signed checkpoint covers this case yet/],
  ])('says what is wrong or missing', async (found, said) => {
    const { user } = shown({ 'GET /process-instances/300/history/verification': found }, ['auditor'], 'en');
    await user.click(await screen.findByRole('button', { name: 'Verify the history of this case' }));
    expect(await screen.findByText(said)).toBeTruthy();
  });

  it('is taken out with names only when that is asked for', async () => {
    const { calls, user } = shown();
    const button = await screen.findByRole('button', { name: 'ดาวน์โหลดชุดหลักฐาน' });
    await user.click(button);
    await waitFor(() => expect(saving.saveFile).toHaveBeenCalledWith(expect.any(Blob), 'evidence-300.zip'));
    await user.click(screen.getByRole('checkbox', { name: 'ระบุชื่อบุคคลและแนบเอกสาร' }));
    expect(screen.getByText(/ชุดนี้เปิดเผยชื่อบุคคล/)).toBeTruthy();
    await user.click(button);
    const asked = calls.filter(({ path }) => path.includes('/evidence')).map(({ path }) => path.split('people=')[1]);
    await waitFor(() => expect(calls.at(-1)?.path).toContain('people=names'));
    expect(asked[0]).toBe('pseudonyms');
  });

  it('offers no names to who may not have them, and says what failed', async () => {
    const refused = problem(400, { code: 'evidence-too-large', th: 'เรื่องนี้มีเหตุการณ์มากเกินไป', en: 'Too much' });
    const { user } = shown({ 'GET /process-instances/300/evidence': refused }, ['staff']);
    await user.click(await screen.findByRole('button', { name: 'ดาวน์โหลดชุดหลักฐาน' }));
    expect((await screen.findByRole('alert')).textContent).toContain('เรื่องนี้มีเหตุการณ์มากเกินไป');
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});
