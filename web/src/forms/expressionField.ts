/**
 * What a form computes, shown to the person who fills it in: sums, counts, conclusions. The form viewer computes such a
 * field but shows nothing. A result that is a code of the diagram (`pass`) is shown by the words that the field's properties
 * give it (`value.th.pass`, `value.en.pass`), without such words not at all. The server computes all of it again.
 */
import { ExpressionField, Label } from '@bpmn-io/form-js-viewer';
import { h, type ComponentChild, type ComponentType } from 'preact';
import { formatMoment, formatNumber, withReadableMoments } from '../dates/format';
import { translate, type Language } from '../i18n';
import { fieldModule, type FieldComponent, type FieldProps } from './fieldProps';

const Original = ExpressionField as unknown as FieldComponent;
const DAY = /^\d{4}-\d\d-\d\d$/;
const CODE = /^[A-Za-z0-9_.-]+$/;

export function expressionModule(language: Language) {
  function Field(props: FieldProps): ComponentChild {
    const text = props.field.label ? computedText(props.value, props.field.properties ?? {}, language) : '';
    return h(
      'div',
      text ? { class: 'fjs-form-field computed' } : {},
      h(Original, props),
      text &&
        h(Label as unknown as ComponentType<Record<string, unknown>>, {
          htmlFor: props.domId,
          label: props.field.label,
        }),
      text && h('output', { id: props.domId, class: 'computed-value' }, text),
    );
  }
  Field.config = { ...Original.config, escapeGridRender: false };
  return fieldModule('krabuanExpression', 'expression', Field);
}

/** Empty where there is nothing that a person should read. */
export function computedText(value: unknown, properties: Record<string, string>, language: Language): string {
  if (typeof value === 'number') return formatNumber(value, language);
  const words = properties[`value.${language}.${String(value)}`] ?? properties[`value.th.${String(value)}`];
  if (words) return words;
  if (typeof value === 'boolean') return translate(language, value ? 'common.yes' : 'common.no');
  if (typeof value === 'string' && DAY.test(value)) return formatMoment(value, language, 'date');
  return typeof value === 'string' && !CODE.test(value) ? withReadableMoments(value, language) : '';
}
