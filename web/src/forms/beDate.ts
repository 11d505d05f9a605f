/**
 * The form viewer's field "datetime", drawn by our date field. The viewer draws with Preact, the date field with React:
 * each such field is a small React root inside the Preact tree.
 */
import { Datetime } from '@bpmn-io/form-js-viewer';
import { h, type ComponentChild } from 'preact';
import { createElement } from 'react';
import type { Language } from '../i18n';
import { DateInput } from './DateInput';
import type { DateKind } from './dateValue';
import { fieldModule, type FieldComponent, type FieldProps } from './fieldProps';
import { ReactPlace } from './reactPlace';

const Original = Datetime as unknown as FieldComponent;

export function beDateModule(language: Language) {
  function DateField(props: FieldProps): ComponentChild {
    const { subtype } = props.field;
    return subtype === 'time' ? h(Original, props) : h(ReactDate, { ...props, kind: kindOf(subtype) });
  }
  DateField.config = { ...Original.config };

  function ReactDate(props: FieldProps & { kind: DateKind }): ComponentChild {
    const errors = props.errors?.length ? ' fjs-has-errors' : '';
    return h(
      'div',
      { class: `fjs-form-field fjs-form-field-datetime${errors}` },
      h(ReactPlace, { language, drawn: drawn(props) }),
    );
  }

  return fieldModule('krabuanDate', 'datetime', DateField);
}

function kindOf(subtype: string | undefined): DateKind {
  return subtype === 'datetime' ? 'datetime' : 'date';
}

function drawn({
  field,
  value,
  errors,
  domId,
  disabled,
  readonly,
  onChange,
  onBlur,
  kind,
}: FieldProps & { kind: DateKind }) {
  return createElement(DateInput, {
    id: domId,
    label: field.dateLabel || field.label || field.key || '',
    description: field.description ?? '',
    kind,
    iso: value,
    errors: errors ?? [],
    required: field.validate?.required === true,
    disabled,
    readOnly: readonly,
    notPast: field.disallowPassedDates === true,
    onIso: (iso) => onChange({ field, value: iso }),
    onBlur: () => onBlur?.(),
  });
}
