import type { Component } from '../forms/schema';
import { useI18n } from '../i18n';
import { Committed } from '../modeler/panel/Committed';
import type { Changes } from './tree';
import { localDigits } from '../dates/format';

export type Limit = 'min' | 'max' | 'minLength' | 'maxLength';

interface Props {
  component: Component;
  limits: readonly Limit[];
  onChange: (changes: Changes) => void;
}

/** The least and the most that a field takes: numbers, or FEEL that begins with `=`. */
export function Limits({ component, limits, onChange }: Props) {
  const { t } = useI18n();
  const validate = (component['validate'] ?? {}) as Record<string, unknown>;
  const rows = component.type === 'dynamiclist' ? 'Rows' : '';
  return limits.map((name) => (
    <Committed
      key={name}
      label={t(`formedit.${name}${rows as ''}`)}
      hint={t(rows ? 'formedit.rowsHint' : 'formedit.limitHint')}
      value={validate[name] === undefined ? '' : String(validate[name])}
      maxLength={1000}
      onCommit={(text) => onChange({ validate: { ...validate, [name]: limitOf(text) } })}
    />
  ));
}

/** A number where it is one; else what was typed, of which the check of the draft says what is wrong. */
function limitOf(text: string): number | string | undefined {
  if (!text) return undefined;
  const plain = text.startsWith('=') ? text : localDigits(text, 'en');
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : plain;
}
