/**
 * The form viewer's radio buttons and check lists with a role and a name for the whole, so that a screen reader says what
 * the choice is about and not only its options.
 */
import { Checklist, Radio } from '@bpmn-io/form-js-viewer';
import { h } from 'preact';
import { fieldModule, type FieldComponent, type FieldProps } from './fieldProps';

function grouped(type: string, role: string, original: FieldComponent) {
  function Field(props: FieldProps) {
    return h('div', { role, 'aria-label': props.field.label || props.field.key }, h(original, props));
  }
  Field.config = original.config;
  return fieldModule(`krabuan-${type}`, type, Field);
}

export const groupModules = [
  grouped('radio', 'radiogroup', Radio as unknown as FieldComponent),
  grouped('checklist', 'group', Checklist as unknown as FieldComponent),
];
