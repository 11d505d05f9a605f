import { useI18n } from '../../i18n';
import { Check } from '../../ui/Check';
import { Committed } from './Committed';
import { Expression } from './Expression';

interface Props {
  label: string;
  hint?: string;
  /** FEEL that begins with `=`, or a text that is meant as it stands */
  value: string;
  elementId: string;
  onCommit: (value: string) => void;
}

/** A value that is written as it is meant, or computed by an expression. */
export function Value({ label, hint, value, elementId, onCommit }: Props) {
  const { t } = useI18n();
  const computed = value.startsWith('=');
  return (
    <>
      {computed ? (
        <Expression label={label} value={value} elementId={elementId} onCommit={onCommit} />
      ) : (
        <Committed label={label} {...(hint && { hint })} value={value} onCommit={onCommit} />
      )}
      <Check
        label={t('value.computed')}
        selected={computed}
        onChange={(wanted) => onCommit(wanted ? `=${asExpression(value)}` : asText(value))}
      />
    </>
  );
}

/** A text as FEEL writes it. */
function asExpression(text: string): string {
  return text ? JSON.stringify(text) : 'null';
}

/** An expression that is only a text, as that text; another as it was written, to be changed. */
function asText(value: string): string {
  const expression = value.replace(/^=\s*/, '');
  if (expression === 'null') return '';
  try {
    const found: unknown = JSON.parse(expression);
    return typeof found === 'string' ? found : expression;
  } catch {
    return expression;
  }
}
