import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import FormView, { type FormHandle } from '../../src/forms/FormView';
import { parseSchema } from '../../src/forms/schema';
import { LanguageProvider } from '../../src/i18n';
import { expectAccessible } from '../render';

const schema = parseSchema(
  JSON.stringify({
    schemaVersion: 16,
    type: 'default',
    id: 'p.f',
    components: [
      { type: 'textfield', id: 'F1', key: 'name', label: 'ชื่อ' },
      {
        type: 'select',
        id: 'F2',
        key: 'level',
        label: 'ระดับ',
        values: [
          { label: 'สูง', value: 'high' },
          { label: 'ต่ำ', value: 'low' },
        ],
      },
      {
        type: 'radio',
        id: 'F3',
        key: 'opinion',
        label: 'ความเห็น',
        values: [{ label: 'เห็นชอบ', value: 'yes' }],
      },
      { type: 'expression', id: 'F4', key: 'double', label: 'สองเท่า', computeOn: 'change', expression: '=amount * 2' },
      { type: 'textfield', id: 'F5', key: 'why', label: 'เหตุผล', conditional: { hide: '=level != "high"' } },
    ],
  }),
);
const data = { amount: 21 };

function draw() {
  const onChange = vi.fn();
  const view = render(
    <LanguageProvider initial="th">
      <FormView schema={schema} data={data} onChange={onChange} />
    </LanguageProvider>,
  );
  return { ...view, onChange, user: userEvent.setup() };
}

describe('a form', () => {
  it('shows what it computes from the case’s data, which is no change of the person', async () => {
    const { onChange } = draw();
    expect(await screen.findByText('๔๒')).toBeTruthy();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('tells every change with what is shown, as fields appear and disappear', async () => {
    const { onChange, user } = draw();
    await user.type(await screen.findByLabelText('ชื่อ'), 'ก');
    expect(onChange.mock.lastCall?.[0]).toMatchObject({ name: 'ก' });
    expect(screen.queryByLabelText('เหตุผล')).toBeNull();
    await user.selectOptions(screen.getByLabelText('ระดับ'), 'สูง');
    expect(onChange.mock.lastCall?.[0]).toMatchObject({ name: 'ก', level: 'high' });
    expect(await screen.findByLabelText('เหตุผล')).toBeTruthy();
  });

  it('reads what the case does not have as null, as the server does', async () => {
    const remarks = { type: 'textarea', id: 'R1', key: 'remarks', label: 'ข้อสังเกต', readonly: true };
    const form = {
      ...schema,
      components: [{ ...remarks, conditional: { hide: '=remarks = null' } }, ...schema.components],
    };
    const { unmount } = render(
      <LanguageProvider initial="th">
        <FormView schema={form} data={data} />
      </LanguageProvider>,
    );
    await screen.findByLabelText('ชื่อ');
    await waitFor(() => expect(screen.queryByLabelText('ข้อสังเกต')).toBeNull());
    unmount();
    render(
      <LanguageProvider initial="th">
        <FormView schema={form} data={{ ...data, remarks: 'ลดวงเงิน' }} />
      </LanguageProvider>,
    );
    expect(await screen.findByLabelText('ข้อสังเกต')).toBeTruthy();
  });

  it('shows the default of a read-only field that the case has no value for, as the server writes it', async () => {
    const kind = {
      type: 'select',
      id: 'K1',
      key: 'kind',
      label: 'ประเภทหนังสือ',
      readonly: true,
      defaultValue: 'reserve',
      values: [{ label: 'บอกสงวนสิทธิ์', value: 'reserve' }],
    };
    render(
      <LanguageProvider initial="th">
        <FormView schema={{ ...schema, components: [kind, ...schema.components] }} data={{ ...data, kind: null }} />
      </LanguageProvider>,
    );
    const field = await screen.findByLabelText<HTMLInputElement>('ประเภทหนังสือ');
    await waitFor(() => expect(field.value).toBe('บอกสงวนสิทธิ์'));
  });

  it('shows what is above one’s class as a field that says so, and does not submit it', async () => {
    const handle = createRef<FormHandle>();
    const { container } = render(
      <LanguageProvider initial="en">
        <FormView handle={handle} schema={schema} data={{ amount: 21, name: { 'krabuan.masked': true } }} />
      </LanguageProvider>,
    );
    const field = await screen.findByLabelText<HTMLInputElement>('ชื่อ');
    expect(field.disabled).toBe(true);
    expect(screen.getByText(/above the confidentiality class/)).toBeTruthy();
    const { values, wrong } = handle.current?.submit() ?? { values: {}, wrong: [] };
    expect(wrong).toEqual([]);
    expect(Object.keys(values).filter((name) => name.includes('name') || name.includes('masked'))).toEqual([]);
    await expectAccessible(container);
  });

  it('names a choice by its question', async () => {
    const { container } = draw();
    expect(await screen.findByRole('radiogroup', { name: 'ความเห็น' })).toBeTruthy();
    await expectAccessible(container);
  });
});
