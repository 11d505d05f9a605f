import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { CONTENT, draft, oneDraft, PATH, place, written } from '../decisionDraft';
import { expectAccessible, renderPage } from '../render';
import { page } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const grid = () => screen.findByRole('grid', { name: 'ตารางตัดสินใจ ราคา' });
const rows = async () =>
  within(await grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('gridcell')
        .map((cell) => cell.textContent),
    );
const present = () => document.activeElement as HTMLElement;

describe('a file of decisions in a draft', () => {
  it('is shown with its columns and rules, without barriers', async () => {
    oneDraft();
    const { container } = renderPage(<DraftPage />, place);
    expect(await rows()).toEqual([
      ['>= 10', '9', 'มาก'],
      ['ใดก็ได้', '12.5', ''],
    ]);
    await screen.findByRole('button', { name: 'แก้ไขคอลัมน์ จำนวน' });
    await screen.findByLabelText('จำนวน (amount)');
    await expectAccessible(container);
  });

  it('is changed by keys alone, saved, and taken back', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    const [first] = within(await grid()).getAllByRole('gridcell');
    first?.focus();
    await user.keyboard('{ArrowRight}{Enter}');
    const field = screen.getByRole('textbox', { name: 'ราคา แถวที่ ๑' });
    expect((field as HTMLTextAreaElement).value).toBe('9');
    await user.keyboard('{Backspace}8{Enter}');
    expect(await rows()).toEqual([
      ['>= 10', '8', 'มาก'],
      ['ใดก็ได้', '12.5', ''],
    ]);
    expect([present().dataset.row, present().dataset.column]).toEqual(['1', '1']);
    await user.keyboard('7{Tab}');
    await user.keyboard('{F2}น้อย | Few{Enter}');
    expect(await rows()).toEqual([
      ['>= 10', '8', 'มาก'],
      ['ใดก็ได้', '7', 'น้อย'],
    ]);
    await screen.findByText('บันทึกแล้ว', undefined, { timeout: 4000 });
    const [content] = written(calls).slice(-1);
    expect(content).toContain('<description>น้อย | Few</description>');
    expect(content).toContain('<extensionElements><c:kept any="thing"/></extensionElements>');
    await user.keyboard('{Control>}z{/Control}{Control>}z{/Control}');
    expect(await rows()).toEqual([
      ['>= 10', '8', 'มาก'],
      ['ใดก็ได้', '12.5', ''],
    ]);
    await user.keyboard('{Control>}y{/Control}{Control>}{Home}{/Control}{Enter}x{Escape}');
    expect(await rows()).toEqual([
      ['>= 10', '8', 'มาก'],
      ['ใดก็ได้', '7', ''],
    ]);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect((await rows())[1]).toEqual(['ใดก็ได้', '', '']);
  });

  it('takes a block from a spreadsheet', async () => {
    oneDraft();
    renderPage(<DraftPage />, place);
    const [first] = within(await grid()).getAllByRole('gridcell');
    first?.focus();
    fireEvent.paste(first as HTMLElement, { clipboardData: { getData: () => '< 1\t1\r\n< 2\t2\r\n< 3\t3\r\n' } });
    expect(await rows()).toEqual([
      ['< 1', '1', 'มาก'],
      ['< 2', '2', ''],
      ['< 3', '3', ''],
    ]);
  });

  it('has its rules and columns added, moved and removed', async () => {
    oneDraft();
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    const table = await screen.findByRole('grid', { name: 'Decision table ราคา' });
    await user.click(screen.getByRole('button', { name: 'Move rule 1 down' }));
    await user.click(screen.getByRole('button', { name: 'Copy rule 2' }));
    await user.click(screen.getByRole('button', { name: 'Remove rule 3' }));
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Add an input' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add an input' }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await dialog.findByText('Please say what is looked at');
    await user.type(dialog.getByLabelText('What is looked at'), 'customer');
    await user.type(dialog.getByLabelText('Name of the column (English)'), 'Who buys');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'Change the column Who buys' }));
    const again = within(await screen.findByRole('dialog', { name: 'Input column' }));
    expect((again.getByLabelText('Name of the column (English)') as HTMLInputElement).value).toBe('');
    await user.click(again.getByRole('button', { name: 'Remove the column' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Change the column Who buys' })).toBeNull());
  });

  it('says what is wrong at the cell, and leads to it', async () => {
    const finding = {
      code: 'dmn-feel',
      severity: 'ERROR',
      path: PATH,
      elementId: 'few-out',
      line: 20,
      message: { th: 'นิพจน์ผิด', en: 'wrong' },
    };
    oneDraft({ 'POST /model-drafts/50/check': { findings: [finding] } });
    const { user, container } = renderPage(<DraftPage />, place);
    const cell = within(await grid()).getAllByRole('gridcell')[4] as HTMLElement;
    await waitFor(() => expect(cell.textContent).toBe('12.5นิพจน์ผิด'));
    expect(cell.getAttribute('aria-invalid')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'ไปที่ few-out' }));
    expect(present()).toBe(cell);
    await expectAccessible(container);
  });

  it('shows one decision after another, with what they require', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    await user.selectOptions(await screen.findByLabelText('การตัดสินใจ'), 'sum');
    const formula = await screen.findByLabelText('นิพจน์ (FEEL)');
    expect((formula as HTMLTextAreaElement).value).toBe('price * amount');
    await user.type(formula, ' * 2');
    await user.click(screen.getByRole('button', { name: 'เลิกใช้ ราคา' }));
    await user.selectOptions(screen.getByLabelText('ใช้ผลของการตัดสินใจ'), 'price');
    await user.click(screen.getByRole('button', { name: 'เปิด ราคา' }));
    await screen.findByText('ผลนี้ใช้ใน รวม');
    await screen.findByText('บันทึกแล้ว', undefined, { timeout: 4000 });
    expect(written(calls).at(-1)).toContain('<text>price * amount * 2</text>');
  });

  it('gets a decision of its own id, and loses one', async () => {
    oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await screen.findByRole('button', { name: 'เพิ่มการตัดสินใจ' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'เพิ่มการตัดสินใจ' }));
    await user.type(dialog.getByLabelText('ชื่อการตัดสินใจ'), 'ส่วนลด');
    for (const [id, said] of [
      ['9x', /รหัสต้องขึ้นต้น/],
      ['price', /มีรหัสนี้แล้ว/],
    ] as const) {
      await user.clear(dialog.getByLabelText('รหัส'));
      await user.type(dialog.getByLabelText('รหัส'), id);
      await user.click(dialog.getByRole('button', { name: 'เพิ่ม' }));
      await dialog.findByText(said);
    }
    await user.clear(dialog.getByLabelText('รหัส'));
    await user.type(dialog.getByLabelText('รหัส'), 'discount');
    await user.click(dialog.getByRole('button', { name: 'เพิ่ม' }));
    await screen.findByRole('grid', { name: 'ตารางตัดสินใจ ส่วนลด' });
    await user.click(screen.getByRole('button', { name: 'นำการตัดสินใจนี้ออก' }));
    await grid();
  });

  it('is one of several: another is made beside the file that is open', async () => {
    const calls = oneDraft({ 'POST /decision-definitions/search': page([]) });
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await screen.findByRole('button', { name: 'สร้างไฟล์ตารางตัดสินใจ' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('ชื่อการตัดสินใจ'), 'ค่าปรับ');
    await user.type(dialog.getByLabelText('รหัส'), 'fine{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const body = calls.find(({ method }) => method === 'PUT')?.body as { path: string; revision: null };
    expect([body.path, body.revision]).toEqual(['processes/p/fine.dmn', null]);
  });

  it('is not opened, and stays as it is, when it is no DMN', async () => {
    oneDraft({ [`GET ${CONTENT}`]: { path: PATH, content: '<no/>', revision: 3 } });
    renderPage(<DraftPage />, place);
    await screen.findByText(/ไม่ใช่ไฟล์ DMN ที่ถูกต้อง/);
  });

  it('is only shown in a draft that is closed', async () => {
    oneDraft({ 'GET /model-drafts/50': { ...draft, state: 'PUBLISHED' } });
    const { user } = renderPage(<DraftPage />, place);
    const [first] = within(await grid()).getAllByRole('gridcell');
    await user.click(first as HTMLElement);
    await user.keyboard('{Enter}{Delete}');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect((await rows())[0]).toEqual(['>= 10', '9', 'มาก']);
  });
});
