import type { Component } from '../forms/schema';
import { useI18n } from '../i18n';
import { Committed } from '../modeler/panel/Committed';
import { Expression } from '../modeler/panel/Expression';
import { Button } from '../ui/Button';
import { withProperty } from './texts';
import type { Changes } from './tree';

interface Props {
  component: Component;
  onChange: (changes: Changes) => void;
}

const english = (value: unknown) => `option.en.${String(value)}`;

/** The choices of a field: written here, or computed from what the case knows. */
export function Options({ component, onChange }: Props) {
  const { t } = useI18n();
  const computed = component['valuesExpression'];
  if (typeof computed === 'string') {
    return (
      <Expression
        label={t('formedit.optionsFrom')}
        value={computed}
        elementId=""
        onCommit={(text) => onChange({ valuesExpression: text || undefined })}
      />
    );
  }
  const values = component.values ?? [];
  if (component['valuesKey']) return null;
  const add = () => {
    const taken = new Set(values.map(({ value }) => value));
    let number = values.length + 1;
    while (taken.has(`option${number}`)) number += 1;
    onChange({
      values: [...values, { label: t('formedit.optionNew', { n: String(number) }), value: `option${number}` }],
    });
  };
  return (
    <>
      <h3>{t('formedit.options')}</h3>
      {values.map(({ label, value }, index) => (
        <fieldset key={`${index}/${String(value)}`} className="panel-item">
          <legend>{t('formedit.option', { n: index + 1 })}</legend>
          <Committed
            label={t('panel.thai', { label: t('formedit.optionLabel') })}
            value={label}
            onCommit={(text) => onChange({ values: values.with(index, { label: text, value: value }) })}
          />
          <Committed
            label={t('panel.english', { label: t('formedit.optionLabel') })}
            value={component.properties?.[english(value)] ?? ''}
            onCommit={(text) => onChange({ properties: withProperty(component, english(value), text || null) })}
          />
          {typeof value === 'string' && (
            <Committed
              label={t('formedit.optionValue')}
              value={value}
              maxLength={200}
              onCommit={(text) => text && onChange(renamed(component, index, text))}
            />
          )}
          <Button
            small
            aria-label={t('panel.removeOne', { name: label })}
            onPress={() =>
              onChange({
                values: values.toSpliced(index, 1),
                properties: withProperty(component, english(value), null),
              })
            }
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={add}>
        {t('formedit.addOption')}
      </Button>
    </>
  );
}

/** A choice with another value; its English goes along. */
function renamed(component: Component, index: number, value: string): Changes {
  const values = component.values ?? [];
  const before = values[index];
  if (!before) return {};
  const said = component.properties?.[english(before.value)] ?? null;
  const without = { ...component, properties: withProperty(component, english(before.value), null) };
  return {
    values: values.with(index, { ...before, value }),
    properties: withProperty(without as Component, english(value), said),
  };
}
