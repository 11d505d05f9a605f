/** The documents of a case: versions, who may take them away, and what is added. */
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Attachments } from '../../src/parts/Attachments';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';
import { catchUploads, reference } from '../uploads';

function item(documentId: string, fileName: string, uploadDate: string, more: object = {}) {
  const of = { processInstanceKey: '1', processDefinitionId: 'p', contentType: 'application/pdf', size: 2048 };
  const rest = { contentHash: 'x', accessClass: 'NORMAL', uploadedBy: me.username, expiresAt: null };
  return { documentId, fileName, uploadDate, ...of, ...rest, ...more };
}

const FIRST = item('a1', 'ก.pdf', '2026-04-10T09:00:00Z', { uploadedBy: 'other' });
const SECOND = item('a2', 'ก.pdf', '2026-04-11T09:00:00Z', { accessClass: 'SECRET' });

function show(routes: Routes, mayChange = true, who: object = me) {
  const calls = serve({
    'GET /authentication/me': who,
    'POST /users/search': page([]),
    ...routes,
  });
  const view = renderPage(<Attachments processInstanceKey="1" mayChange={mayChange} />, { pattern: '/', at: '/' });
  return { ...view, calls };
}

test('documents of one name are versions, the latest in front', async () => {
  const { container, user, calls } = show({
    'POST /documents/search': page([SECOND, FIRST, item('b', '<i>ข.txt', '2026-04-10T09:00:00Z')]),
  });
  expect(await screen.findByText(/ฉบับที่ ๒/)).toBeTruthy();
  expect(screen.getByText('ลับมาก')).toBeTruthy();
  expect(screen.getByText('<i>ข.txt')).toBeTruthy();
  await user.click(screen.getByText('ฉบับก่อนหน้า ๑ ฉบับ'));
  const earlier = screen.getByRole('group').querySelector('ul') as HTMLElement;
  expect(within(earlier).getByText(/ฉบับที่ ๑/)).toBeTruthy();
  expect(within(earlier).queryByRole('button', { name: /นำออก/ })).toBeNull();
  const asked = calls.find(({ path }) => path === '/documents/search')?.body;
  expect(asked).toMatchObject({ filter: { processInstanceKey: '1' }, page: { limit: 50 } });
  await expectAccessible(container);
});

test('what one handed in is taken away by keyboard, after a question', async () => {
  let there = [SECOND];
  const { user, calls } = show({
    'POST /documents/search': () => page(there),
    'DELETE /documents/a2': () => {
      there = [];
      return new Reply(204);
    },
  });
  const remove = await screen.findByRole('button', { name: 'นำออก ไฟล์ ก.pdf' });
  act(() => remove.focus());
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog');
  act(() => within(dialog).getByRole('button', { name: 'นำออก' }).focus());
  await user.keyboard('{Enter}');
  expect(await screen.findByText(/ไม่มีเอกสารที่คุณเปิดดูได้/)).toBeTruthy();
  expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});

test('a refusal is told where it was asked for', async () => {
  const refused = { code: 'case-held', th: 'เรื่องนี้ถูกสั่งให้เก็บไว้', en: 'held' };
  const { user } = show({
    'POST /documents/search': page([SECOND]),
    'DELETE /documents/a2': problem(409, refused),
  });
  await user.click(await screen.findByRole('button', { name: 'นำออก ไฟล์ ก.pdf' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'นำออก' }));
  expect(await within(dialog).findByRole('alert')).toBeTruthy();
});

test('a file is added to the case', async () => {
  const sent = catchUploads();
  let there: object[] = [];
  const { user, container } = show({ 'POST /documents/search': () => page(there) });
  await screen.findByText(/ไม่มีเอกสารที่คุณเปิดดูได้/);
  const input = container.querySelector('input[type=file]') as HTMLInputElement;
  await user.upload(input, new File(['x'], 'ค.pdf'));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.metadata).toEqual({ processInstanceKey: '1', fileName: 'ค.pdf' });
  there = [item('c', 'ค.pdf', '2026-04-12T09:00:00Z')];
  act(() => sent[0]?.answer(201, reference('c', 'ค.pdf')));
  expect(await screen.findByRole('button', { name: 'เปิดดูไฟล์ ค.pdf' })).toBeTruthy();
});

test('who only reads adds and removes nothing', async () => {
  show({ 'POST /documents/search': page([SECOND]) }, false);
  await screen.findByRole('button', { name: 'เปิดดูไฟล์ ก.pdf' });
  expect(screen.queryByRole('button', { name: /นำออก|เลือกไฟล์/ })).toBeNull();
});

const cleared = { ...me, clearance: 'SECRET' };
const THE_CASE = { processInstanceKey: '1', accessClass: 'NORMAL' };

test('a class is raised by who works on the case, up to the own clearance, and not lowered', async () => {
  const { user, calls, container } = show(
    {
      'POST /documents/search': page([item('a2', 'ก.pdf', '2026-04-11T09:00:00Z', { accessClass: 'CONFIDENTIAL' })]),
      'GET /process-instances/1': THE_CASE,
      'PUT /documents/a2/access-class': new Reply(204),
    },
    true,
    cleared,
  );
  const button = await screen.findByRole('button', { name: 'เปลี่ยนชั้นความลับของไฟล์ ก.pdf' });
  act(() => button.focus());
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  const choice = await dialog.findByLabelText('ชั้นความลับของเอกสาร');
  expect(
    within(choice)
      .getAllByRole('option')
      .map((one) => one.textContent),
  ).toEqual(['ลับ', 'ลับมาก']);
  await user.click(dialog.getByRole('button', { name: 'เปลี่ยนชั้นความลับ' }));
  await dialog.findByText('โปรดเลือกชั้นความลับอื่น');
  await user.selectOptions(choice, 'ลับมาก');
  await expectAccessible(container);
  await user.click(dialog.getByRole('button', { name: 'เปลี่ยนชั้นความลับ' }));
  await screen.findByText('เปลี่ยนชั้นความลับของไฟล์ ก.pdf แล้ว');
  const sent = calls.filter(({ method }) => method === 'PUT').map(({ body }) => body);
  expect(sent).toEqual([{ accessClass: 'SECRET', reason: null }]);
});

test('to lower a class, its owner gives a reason', async () => {
  const { user, calls } = show(
    {
      'POST /documents/search': page([SECOND]),
      'GET /process-instances/1': THE_CASE,
      'PUT /documents/a2/access-class': new Reply(204),
    },
    false,
    { ...cleared, ownedProcesses: ['p'] },
  );
  await user.click(await screen.findByRole('button', { name: 'เปลี่ยนชั้นความลับของไฟล์ ก.pdf' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.selectOptions(await dialog.findByLabelText('ชั้นความลับของเอกสาร'), 'เท่ากับเรื่อง (ปกติ)');
  await user.click(dialog.getByRole('button', { name: 'เปลี่ยนชั้นความลับ' }));
  await dialog.findByText(/ระบุเหตุผล/, { selector: '.error' });
  await user.type(dialog.getByRole('textbox'), 'เผยแพร่แล้ว');
  await user.click(dialog.getByRole('button', { name: 'เปลี่ยนชั้นความลับ' }));
  await screen.findByText('เปลี่ยนชั้นความลับของไฟล์ ก.pdf แล้ว');
  const sent = calls.filter(({ method }) => method === 'PUT').map(({ body }) => body);
  expect(sent).toEqual([{ accessClass: 'NORMAL', reason: 'เผยแพร่แล้ว' }]);
});

test('who left is called by name, and as somebody who left', async () => {
  show({
    'POST /documents/search': page([{ ...FIRST, uploadedBy: 'gone' }]),
    'POST /users/names': { items: [{ username: 'gone', name: 'สมชาย ตัวอย่าง', active: false }] },
  });
  await screen.findByText('สมชาย ตัวอย่าง (พ้นหน้าที่)');
});
