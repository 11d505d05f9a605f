/** A small form: some texts, one thing done with them, and what went wrong with it. Nothing is sent while one is missing. */
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { Button } from './Button';
import { TextInput } from './Fields';

export interface Asked {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'password';
  autoComplete?: string;
  defaultValue?: string;
}

interface Props {
  fields: Asked[];
  submit: string;
  /** Throws what is told above the form. */
  action: (values: Record<string, string>) => Promise<void>;
  /** What is wrong with the values, by the name of the field. */
  check?: (values: Record<string, string>) => Record<string, string>;
  onCancel?: () => void;
  primary?: boolean;
}

export function AskForm({ fields, submit, action, check, onCancel, primary = true }: Props) {
  const { language, t } = useI18n();
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);

  async function send(values: Record<string, string>) {
    const missing = fields
      .filter(({ name }) => values[name]?.trim() === '')
      .map(({ name }) => [name, t('field.required')]);
    const found = missing.length > 0 ? Object.fromEntries(missing) : (check?.(values) ?? {});
    setWrong(found);
    setError(null);
    if (Object.keys(found).length > 0) return;
    setWorking(true);
    try {
      await action(values);
    } catch (problem) {
      setError(problem);
    } finally {
      setWorking(false);
    }
  }

  return (
    <Form
      className="ask-form"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        void send(Object.fromEntries(fields.map(({ name }) => [name, String(data.get(name) ?? '')])));
      }}
    >
      {error !== null && (
        <p className="notice danger" role="alert">
          {problemText(error, language, t)}
        </p>
      )}
      {fields.map(({ name, hint, ...field }) => (
        <TextInput key={name} name={name} {...field} {...(hint && { hint })} isRequired error={wrong[name] ?? null} />
      ))}
      <div className="row">
        <Button kind={primary ? 'primary' : 'normal'} type="submit" isDisabled={working}>
          {submit}
        </Button>
        {onCancel && <Button onPress={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </Form>
  );
}
