/** The form viewer's field "filepicker": files that go to the server as they are chosen, and stay with the draft. */
import { FilePicker } from '@bpmn-io/form-js-viewer';
import { h, type ComponentChild } from 'preact';
import { createElement } from 'react';
import { FileField } from '../files/FileField';
import type { FileDesk } from '../files/fileDesk';
import type { Language } from '../i18n';
import { fieldModule, type FieldComponent, type FieldProps } from './fieldProps';
import { ReactPlace } from './reactPlace';

const Original = FilePicker as unknown as FieldComponent;

/** `desk`: where files go; null while none can be added. `moving` is told of each field whether a file is on its way. */
export function fileModule(
  language: Language,
  desk: () => FileDesk | null,
  moving: (fieldId: string, place: string, on: boolean) => void,
) {
  function Field(props: FieldProps): ComponentChild {
    const { field, value, errors = [], domId, disabled, readonly, onChange } = props;
    const drawn = createElement(FileField, {
      id: domId,
      label: field.label || field.key || '',
      description: field.description ?? '',
      value,
      errors,
      required: field.validate?.required === true,
      desk: disabled || readonly ? null : desk(),
      accept: field['accept'],
      several: field['multiple'] !== undefined && field['multiple'] !== false,
      largest: field.properties?.['krabuan.maxFileSize'],
      onValue: (next: unknown[]) => onChange({ field, value: next }),
      onMoving: (on: boolean) => moving(field.id ?? '', domId, on),
    });
    const wrong = errors.length > 0 ? ' fjs-has-errors' : '';
    return h('div', { class: `fjs-form-field fjs-form-field-filepicker${wrong}` }, h(ReactPlace, { language, drawn }));
  }
  Field.config = { ...Original.config, emptyValue: [] };
  return fieldModule('krabuanFiles', 'filepicker', Field);
}
