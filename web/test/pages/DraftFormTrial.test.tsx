import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { CONTENT, details, draft, FORM, office, outline, place } from '../draftForms';
import { expectAccessible, renderPage } from '../render';
import { problem, Reply } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

describe('the pane in which a form is tried', () => {
  it('sends what is filled in with the sample data of a case, and shows what would be written', async () => {
    const calls = office();
    const { user, container } = renderPage(<DraftPage />, place);
    await user.type(await screen.findByRole('textbox', { name: /^เรื่อง/ }, { timeout: 20_000 }), 'ก');
    await user.click(screen.getByText('ข้อมูลตัวอย่างของเรื่อง'));
    await user.click(screen.getByLabelText('ข้อมูลของเรื่อง (JSON)'));
    await user.paste('{"limit": 5}');
    await user.tab();
    await user.click(screen.getByRole('button', { name: 'ทดลองส่ง' }));
    await screen.findByText('ส่งได้ ระบบจะบันทึกข้อมูลนี้');
    screen.getByText('ช่องที่ไม่แสดง: amount');
    expect(calls.find(({ path }) => path.endsWith('/trial'))?.body).toMatchObject({
      path: FORM,
      variables: { limit: 5 },
    });
    await expectAccessible(container);
  });

  it('says at the fields and below what the server found wrong', async () => {
    const message = { th: 'โปรดกรอกข้อมูลช่องนี้', en: 'Please fill in this field.' };
    office({
      'POST /model-drafts/50/forms/trial': {
        values: {},
        errors: [{ field: 'subject', code: 'required', message }],
        hidden: [],
      },
    });
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('textbox', { name: /^เรื่อง/ }, { timeout: 20_000 });
    await user.click(await screen.findByRole('button', { name: 'ทดลองส่ง' }));
    await screen.findByText('ยังส่งไม่ได้ โปรดดูที่ช่อง');
    await waitFor(() => expect(screen.getAllByText(message.th, { exact: false })).toHaveLength(2));
  });

  it('does not send sample data that are no object', async () => {
    office();
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('textbox', { name: /^เรื่อง/ }, { timeout: 20_000 });
    await user.click(screen.getByText('ข้อมูลตัวอย่างของเรื่อง'));
    await user.type(screen.getByLabelText('ข้อมูลของเรื่อง (JSON)'), '5');
    await user.tab();
    screen.getByText('ต้องเป็น JSON ที่ขึ้นต้นด้วยวงเล็บปีกกา');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'ทดลองส่ง' }).disabled).toBe(true);
  });

  it('says why a form with faults cannot be tried', async () => {
    office({ 'GET /model-drafts/50/forms/content': problem(400, { code: 'draft-form-broken', th: 'ยังมีข้อผิดพลาด' }) });
    renderPage(<DraftPage />, place);
    await screen.findByText('ยังมีข้อผิดพลาด', {}, { timeout: 20_000 });
    await outline();
  });
});

describe('a form that cannot be changed', () => {
  it('is left alone when it is no form', async () => {
    const calls = office({ [`GET ${CONTENT}`]: { path: FORM, content: '{', revision: 3 } });
    renderPage(<DraftPage />, place);
    await screen.findByText(/ไฟล์นี้อ่านเป็นแบบฟอร์มไม่ได้/, {}, { timeout: 20_000 });
    expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it('is shown when the draft is published', async () => {
    office({ 'GET /model-drafts/50': { ...draft, state: 'PUBLISHED' } });
    renderPage(<DraftPage />, place);
    await screen.findByRole('textbox', { name: /^เรื่อง/ }, { timeout: 20_000 });
    expect(screen.queryByRole('button', { name: 'เพิ่มช่อง' })).toBeNull();
  });

  it('waits for a decision when another person saved it', async () => {
    office({ [`PUT ${CONTENT}`]: new Reply(409, { status: 409, code: 'stale-revision', title: 'X', detail: 'd' }) });
    const { user } = renderPage(<DraftPage />, place);
    await user.click(within(await outline()).getByRole('row', { name: /เรื่อง/ }));
    await user.click(within(await details('ข้อความ')).getByLabelText('แสดงอย่างเดียว'));
    await screen.findByRole('button', { name: 'บันทึกของฉันทับ' }, { timeout: 5000 });
  });
});
