import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { CONTENT, oneDraft, PATH, place, trial } from '../decisionDraft';
import { expectAccessible, renderPage } from '../render';
import { problem } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const grid = () => screen.findByRole('grid', { name: 'ตารางตัดสินใจ ราคา' });

describe('the trial of a decision', () => {
  it('is tried with sample data: the rule that matched is marked until something is changed', async () => {
    const calls = oneDraft();
    const { user, container } = renderPage(<DraftPage />, place);
    await user.type(await screen.findByLabelText('จำนวน (amount)'), 'สิบ{Enter}');
    await screen.findByText('โปรดใส่ตัวเลข');
    await user.clear(screen.getByLabelText('จำนวน (amount)'));
    await user.type(screen.getByLabelText('จำนวน (amount)'), '๑,๒๐๐.๕{Enter}');
    await screen.findByText('แถวที่ตรง: ๑');
    expect(calls.find(({ path }) => path.endsWith('/evaluation'))?.body).toEqual({
      path: PATH,
      decisionDefinitionId: 'price',
      variables: { amount: 1200.5 },
    });
    const marked = within(await grid()).getAllByRole('row')[1] as HTMLElement;
    within(marked).getByText(/ตรง/);
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'นำแถว ๑ ออก' }));
    await screen.findByText('มีการแก้ไขหลังจากทดลอง โปรดทดลองอีกครั้ง');
    expect(within(await grid()).queryByText(/✓/)).toBeNull();
  });

  it('saves what is changed before it is tried, and tells what is missing or violated', async () => {
    const order: string[] = [];
    const missing = {
      ...trial,
      output: 'null',
      missing: ['rate'],
      failure: { th: 'มีสองแถวที่ตรง', en: 'two rules match' },
    };
    oneDraft({
      [`PUT ${CONTENT}`]: () => (order.push('saved'), { path: PATH, revision: 4 }),
      'POST /model-drafts/50/decisions/evaluation': () => (order.push('tried'), missing),
    });
    const { user } = renderPage(<DraftPage />, place);
    await user.selectOptions(await screen.findByLabelText('เมื่อมีหลายแถวตรง'), 'COLLECT');
    await user.selectOptions(screen.getByLabelText('วิธีรวมผล'), 'SUM');
    await user.click(await screen.findByRole('button', { name: 'ดูผล' }));
    await screen.findByText('มีสองแถวที่ตรง');
    expect(order).toEqual(['saved', 'tried']);
    screen.getByText('ไม่ได้ใส่ค่าของ rate');
    screen.getByLabelText('rate');
  });

  it('keeps its fields and the focus while it is asked anew what the saved file reads', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    const field = await screen.findByLabelText('จำนวน (amount)');
    await user.selectOptions(screen.getByLabelText('เมื่อมีหลายแถวตรง'), 'ANY');
    field.focus();
    const asked = () => calls.filter(({ path }) => path.endsWith('/decisions/variables')).length;
    await waitFor(() => expect(asked()).toBe(2), { timeout: 4000 });
    await screen.findByText('บันทึกแล้ว');
    expect(document.activeElement).toBe(field);
  });

  it('says that a file with faults cannot be tried', async () => {
    oneDraft({ 'POST /model-drafts/50/decisions/variables': problem(400, { code: 'decisions-faulty' }) });
    renderPage(<DraftPage />, place);
    await screen.findByText(/ไฟล์นี้ยังมีข้อผิดพลาด จึงยังทดลองไม่ได้/);
  });
});
