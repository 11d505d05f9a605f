import { useId } from 'react';
import { useI18n } from '../i18n';
import { Choice } from '../ui/Choice';
import { TextInput } from '../ui/Fields';
import { kindOf } from './sample';
import { typeName } from './types';

interface Props {
  /** of the variable */
  name: string;
  /** what people call it, "" when nothing says so */
  label: string;
  type: string | null;
  /** the texts that the table knows of it */
  values: readonly string[];
  text: string;
  error: string | null;
  onType: (text: string) => void;
}

/** The field of one variable, after its type. Nothing in it: the variable is not there. */
export function SampleField({ name, label, type, values, text, error, onType }: Props) {
  const { t } = useI18n();
  const id = useId();
  const kind = kindOf(type);
  const full = label ? `${label} (${name})` : name;
  if (kind === 'boolean') {
    return (
      <Choice
        label={full}
        value={text}
        options={[
          { value: '', label: t('dmn.trial.none') },
          { value: 'true', label: t('dmn.trial.true') },
          { value: 'false', label: t('dmn.trial.false') },
        ]}
        onChange={onType}
      />
    );
  }
  if (kind === 'text' && values.length > 0) {
    return (
      <div className="field">
        <label htmlFor={id}>{full}</label>
        <input
          id={id}
          list={`${id}-values`}
          maxLength={4000}
          value={text}
          autoComplete="off"
          onChange={(event) => onType(event.target.value)}
        />
        <datalist id={`${id}-values`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      </div>
    );
  }
  const hint =
    kind === 'any' ? t('dmn.trial.any', { type: typeName(type ?? '', t), example: '[1, 2]' }) : typeName(type ?? '', t);
  return <TextInput label={full} hint={hint} maxLength={4000} value={text} error={error} onChange={onType} />;
}
