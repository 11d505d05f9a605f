/**
 * The form viewer's field "select" as a select of the browser. The viewer's own is a text input of no width: screen readers
 * aren't told that it is a choice. Lists that are searched or come from data keep the viewer's.
 */
import { Description, Errors, Label, Select } from '@bpmn-io/form-js-viewer';
import { h, type ComponentChild, type ComponentType } from 'preact';
import type { Language } from '../i18n';
import { fieldModule, type FieldComponent, type FieldProps } from './fieldProps';
import { formText } from './formTexts';

const Original = Select as unknown as FieldComponent;
const part = (component: unknown) => component as ComponentType<Record<string, unknown>>;

export function selectModule(language: Language) {
  function Field(props: FieldProps): ComponentChild {
    return props.field.values && !props.field.searchable ? h(NativeSelect, props) : h(Original, props);
  }
  Field.config = Original.config;

  function NativeSelect({ field, value, errors = [], domId, disabled, readonly, ...on }: FieldProps): ComponentChild {
    const values = field.values ?? [];
    const chosen = values.findIndex((option) => option.value === value);
    const described = { description: `${domId}-description`, errors: `${domId}-error-message` };
    const change = (index: number) => on.onChange({ field, value: values[index]?.value ?? null });
    const required = field.validate?.required === true;
    const common = {
      id: domId,
      class: 'fjs-input',
      'aria-describedby': `${described.description} ${described.errors}`,
      'aria-invalid': errors.length > 0,
    };
    const control = readonly
      ? h('input', { ...common, type: 'text', readOnly: true, value: values[chosen]?.label ?? '' })
      : h(
          'select',
          {
            ...common,
            disabled,
            required,
            value: String(chosen),
            onChange: (event: Event) => change(Number((event.currentTarget as HTMLSelectElement).value)),
            onBlur: () => on.onBlur?.(),
            onFocus: () => on.onFocus?.(),
          },
          h('option', { value: '-1' }, `— ${formText(language, 'Select')} —`),
          values.map(({ label }, index) => h('option', { key: index, value: String(index) }, label)),
        );
    return h(
      'div',
      { class: `fjs-form-field fjs-form-field-select${errors.length ? ' fjs-has-errors' : ''}` },
      h(part(Label), { htmlFor: domId, label: field.label, required }),
      control,
      h(part(Description), { id: described.description, description: field.description }),
      h(part(Errors), { id: described.errors, errors }),
    );
  }

  return fieldModule('krabuanSelect', 'select', Field);
}
