/** A field for files: what is taken, sent, shown and taken out again, also by keyboard. */
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { expect, test, vi } from 'vitest';
import { deskFor } from '../../src/files/fileDesk';
import FormView, { type FormHandle } from '../../src/forms/FormView';
import type { Schema } from '../../src/forms/schema';
import { LanguageProvider } from '../../src/i18n';
import { expectAccessible } from '../render';
import { Reply, serve } from '../server';
import { catchUploads, reference } from '../uploads';

const FIELD = { type: 'filepicker', id: 'Field_papers', key: 'papers', label: 'เอกสาร', multiple: true };
const schemaOf = (more: object = {}): Schema => ({ type: 'default', components: [{ ...FIELD, ...more }] }) as Schema;
const pdf = (name: string, size = 10) => new File(['x'.repeat(size)], name, { type: 'application/pdf' });
const desk = deskFor(() => ({ userTaskKey: '7' }));

function show(schema: Schema, papers: unknown[] = [], readOnly = false) {
  const handle = createRef<FormHandle>();
  const changed = vi.fn();
  const data = { papers };
  const view = render(
    <LanguageProvider initial="th">
      <FormView
        schema={schema}
        data={data}
        handle={handle}
        onChange={changed}
        readOnly={readOnly}
        desk={readOnly ? null : desk}
      />
    </LanguageProvider>,
  );
  const input = async () => {
    await screen.findByRole('button', { name: /เลือกไฟล์/ });
    return view.container.querySelector('input[type=file]') as HTMLInputElement;
  };
  return { ...view, handle, changed, input, user: userEvent.setup({ applyAccept: false }) };
}

const ids = (form: FormHandle | null) =>
  (form?.values()['papers'] as { documentId: string }[]).map((one) => one.documentId);

test('a file is sent at once, shows how far it is, and becomes a value of the form', async () => {
  const sent = catchUploads();
  const { input, handle, user, container, changed } = show(schemaOf());
  await user.upload(await input(), [pdf('ก.pdf'), pdf('ข.pdf')]);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.metadata).toEqual({ userTaskKey: '7', fileName: 'ก.pdf' });
  act(() => sent[0]?.progress(0.4));
  const bar = await screen.findByRole('progressbar', { name: 'กำลังส่งไฟล์ ก.pdf' });
  expect(bar.getAttribute('aria-valuenow')).toBe('40');
  expect(handle.current?.submit().wrong.map((field) => field.path)).toEqual(['papers']);
  expect(await screen.findByText('ยังส่งไฟล์ไม่เสร็จ โปรดรอให้ส่งเสร็จหรือกดหยุดส่ง')).toBeTruthy();
  act(() => sent[0]?.answer(201, reference('d1', 'ก.pdf', '7')));
  await waitFor(() => expect(sent).toHaveLength(2));
  act(() => sent[1]?.answer(201, reference('d2', 'ข.pdf', '7')));
  await screen.findByText('ข.pdf');
  expect(changed).toHaveBeenCalled();
  expect(ids(handle.current)).toEqual(['d1', 'd2']);
  await waitFor(() => expect(handle.current?.submit().wrong).toEqual([]));
  await expectAccessible(container);
});

test('what is lost on the way is sent again as the same upload; what is stopped is not', async () => {
  const sent = catchUploads();
  const { input, handle, user } = show(schemaOf());
  await user.upload(await input(), pdf('ก.pdf'));
  await waitFor(() => expect(sent).toHaveLength(1));
  act(() => sent[0]?.lose());
  const again = await screen.findByRole('button', { name: 'ส่งอีกครั้ง ไฟล์ ก.pdf' });
  act(() => again.focus());
  await user.keyboard('{Enter}');
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.headers['Idempotency-Key']).toBe(sent[0]?.headers['Idempotency-Key']);
  await user.click(screen.getByRole('button', { name: 'หยุดส่งไฟล์ ก.pdf' }));
  expect(sent[1]?.aborted).toBe(true);
  await waitFor(() => expect(handle.current?.submit().wrong).toEqual([]));
  expect(ids(handle.current)).toEqual([]);
});

test('what the field does not take is not sent, and says why', async () => {
  const sent = catchUploads();
  const rules = { accept: '.pdf,image/*', multiple: false, properties: { 'krabuan.maxFileSize': '1' } };
  const { input, user } = show(schemaOf(rules));
  expect(await screen.findByText('ชนิดไฟล์ PDF, รูปภาพ · ไม่เกิน ๑ MB ต่อไฟล์ · แนบได้ ๑ ไฟล์')).toBeTruthy();
  await user.upload(await input(), new File(['x'], 'run.exe'));
  expect(await screen.findByText(/ไม่รับไฟล์ชนิดนี้/)).toBeTruthy();
  await user.upload(await input(), pdf('ใหญ่.pdf', 1024 * 1024 + 1));
  expect(await screen.findByText(/ไฟล์ใหญ่เกินไป/)).toBeTruthy();
  await user.upload(await input(), new File([], 'ว่าง.pdf'));
  expect(await screen.findByText(/ไฟล์ว่างเปล่า/)).toBeTruthy();
  expect(sent).toHaveLength(0);
});

test('what the server refuses says so at the file', async () => {
  const sent = catchUploads();
  const { input, user } = show(schemaOf());
  await user.upload(await input(), pdf('ก.pdf'));
  await waitFor(() => expect(sent).toHaveLength(1));
  act(() => sent[0]?.answer(400, { status: 400, code: 'malicious-file', th: 'ไฟล์นี้เป็นอันตราย', en: 'malicious' }));
  expect(await screen.findByText('ไฟล์นี้เป็นอันตราย')).toBeTruthy();
});

test('a file is taken out by keyboard; what was not handed in is taken away, what the case holds is not', async () => {
  const calls = serve({ 'DELETE /documents/d1': new Reply(204) });
  const { handle, user } = show(schemaOf(), [reference('d1', 'ก.pdf', '7'), reference('d2', 'ข.pdf')]);
  for (const name of ['ก.pdf', 'ข.pdf']) {
    const remove = await screen.findByRole('button', { name: `นำออก ไฟล์ ${name}` });
    act(() => remove.focus());
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByText(name)).toBeNull());
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /เลือกไฟล์/ }));
  }
  expect(ids(handle.current)).toEqual([]);
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /documents/d1']);
});

test('a later file of the same name takes the place of the first', async () => {
  const calls = serve({ 'DELETE /documents/d1': new Reply(204) });
  const sent = catchUploads();
  const { input, handle, user } = show(schemaOf(), [reference('d1', 'ก.pdf', '7'), reference('d2', 'ข.pdf', '7')]);
  await user.upload(await input(), pdf('ก.pdf'));
  await waitFor(() => expect(sent).toHaveLength(1));
  act(() => sent[0]?.answer(201, reference('d3', 'ก.pdf', '7')));
  await waitFor(() => expect(ids(handle.current)).toEqual(['d2', 'd3']));
  expect(calls).toHaveLength(1);
});

test('who only reads sees the files as texts and opens them, and can add none', async () => {
  const { container } = show(schemaOf(), [reference('d1', '<b>ก</b>.txt'), 'files::old'], true);
  const group = await screen.findByRole('group', { name: 'เอกสาร' });
  expect(within(group).getByText('<b>ก</b>.txt')).toBeTruthy();
  expect(within(group).getByText('ไฟล์แนบ')).toBeTruthy();
  expect(within(group).queryByRole('button', { name: /เลือกไฟล์|นำออก/ })).toBeNull();
  await expectAccessible(container);
});

test('a required field without a file is told, and led to', async () => {
  Element.prototype.scrollIntoView = vi.fn();
  const { handle } = show(schemaOf({ validate: { required: true } }));
  await screen.findByRole('button', { name: /เลือกไฟล์/ });
  expect(handle.current?.submit().wrong.map((field) => field.path)).toEqual(['papers']);
  expect(await screen.findByText('โปรดกรอกช่องนี้')).toBeTruthy();
  act(() => handle.current?.focus('papers'));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /เลือกไฟล์/ }));
});

test('a file that is gone says so', async () => {
  serve({});
  const { user } = show(schemaOf(), [reference('d1', 'ก.png')], true);
  await user.click(await screen.findByRole('button', { name: 'เปิดดูไฟล์ ก.png' }));
  expect(await within(await screen.findByRole('dialog')).findByText(/ไม่พบไฟล์นี้/)).toBeTruthy();
});
