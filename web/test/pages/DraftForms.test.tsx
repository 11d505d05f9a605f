import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { CONTENT, details, diagram, DIAGRAM, form, FORM, office, outline, place, saved } from '../draftForms';
import { expectAccessible, renderPage } from '../render';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

describe('a form of a draft', () => {
  it('shows its fields as a tree and as staff will see them, in the language of the page', async () => {
    office();
    const { container } = renderPage(<DraftPage />, { ...place, language: 'en' });
    const rows = within(await outline()).getAllByRole('row');
    expect(rows.map((row) => [row.getAttribute('aria-level'), row.textContent?.replace('▸', '')])).toEqual([
      ['1', 'SubjectText'],
      ['1', 'ที่อยู่Group'],
      ['2', 'วงเงินNumber'],
    ]);
    await screen.findByRole('textbox', { name: /^Subject/ }, { timeout: 20_000 });
    await expectAccessible(container);
  });

  it('takes a new field by keyboard, into the group that is chosen, called in both languages', async () => {
    const calls = office();
    const { user } = renderPage(<DraftPage />, place);
    await user.click(within(await outline()).getByRole('row', { name: /ที่อยู่/ }));
    screen.getByRole('button', { name: 'เพิ่มช่อง' }).focus();
    await user.keyboard('{Enter}');
    (await screen.findByRole('menuitem', { name: 'วันที่หรือเวลา' })).focus();
    await user.keyboard('{Enter}');
    const added = (await saved(calls)).components[1]?.components?.[1];
    expect(added).toMatchObject({ type: 'datetime', label: 'วันที่หรือเวลา', dateLabel: 'วันที่หรือเวลา' });
    expect(added?.properties).toEqual({ 'label.en': 'Date or time' });
    await details('วันที่หรือเวลา');
  });

  it('changes what a field says, takes that back, and saves each', async () => {
    const calls = office();
    const { user, container } = renderPage(<DraftPage />, place);
    await user.click(within(await outline()).getByRole('row', { name: /เรื่อง/ }));
    const panel = within(await details('ข้อความ'));
    await user.clear(panel.getByLabelText('ชื่อช่อง (อังกฤษ)'));
    await user.type(panel.getByLabelText('ชื่อช่อง (อังกฤษ)'), 'Topic{Enter}');
    await user.click(panel.getByLabelText('เป็นข้อมูลส่วนบุคคล'));
    await user.selectOptions(panel.getByLabelText('ชั้นความลับ'), 'ลับ');
    await expectAccessible(container);
    await waitFor(async () =>
      expect((await saved(calls)).components[0]?.properties).toEqual({
        'label.en': 'Topic',
        'krabuan.personalData': 'true',
        'krabuan.class': 'confidential',
      }),
    );
    await user.click(screen.getByRole('button', { name: 'เลิกทำ' }));
    await waitFor(async () =>
      expect((await saved(calls)).components[0]?.properties).not.toHaveProperty('krabuan.class'),
    );
  });

  it('moves and removes what is chosen', async () => {
    const calls = office();
    const { user } = renderPage(<DraftPage />, place);
    await user.click(within(await outline()).getByRole('row', { name: /วงเงิน/ }));
    const ways = within(await screen.findByRole('group', { name: 'ย้าย วงเงิน' }));
    expect(ways.getByRole<HTMLButtonElement>('button', { name: 'เลื่อนขึ้น' }).disabled).toBe(true);
    await user.click(ways.getByRole('button', { name: 'ออกจากกลุ่ม' }));
    await waitFor(async () => expect((await saved(calls)).components.map(({ key }) => key)[2]).toBe('amount'));
    await user.click(screen.getByRole('button', { name: 'นำออก' }));
    await waitFor(async () => expect((await saved(calls)).components).toHaveLength(2));
  });

  it('keeps what it does not offer, and says which choices there are', async () => {
    const calls = office({
      [`GET ${CONTENT}`]: ({ path }: { path: string }) =>
        path.includes('check.form')
          ? {
              path: FORM,
              revision: 3,
              content: JSON.stringify({
                ...form,
                exporter: { name: 'x' },
                components: [
                  {
                    type: 'radio',
                    id: 'r',
                    key: 'r',
                    label: 'ผล',
                    odd: 1,
                    values: [{ label: 'ผ่าน', value: 'pass' }],
                    properties: { 'option.en.pass': 'Passed' },
                  },
                ],
              }),
            }
          : { path: DIAGRAM, content: diagram, revision: 3 },
    });
    const { user } = renderPage(<DraftPage />, place);
    await user.click(within(await outline()).getByRole('row', { name: /ผล/ }));
    const choice = within(await screen.findByRole('group', { name: /^ตัวเลือกที่ ./ }));
    await user.clear(choice.getByLabelText('ค่าที่บันทึก'));
    await user.type(choice.getByLabelText('ค่าที่บันทึก'), 'ok{Enter}');
    await waitFor(async () =>
      expect(await saved(calls)).toMatchObject({
        exporter: { name: 'x' },
        components: [{ odd: 1, values: [{ label: 'ผ่าน', value: 'ok' }], properties: { 'option.en.ok': 'Passed' } }],
      }),
    );
  });
});
