/** What is given with a choice: a form filled in, or data as JSON where there is none. */
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Variables } from '../../api/types';
import type { FormHandle } from '../../forms/FormView';
import { parseSchema } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { Loading } from '../../ui/Loading';
import { readData } from './walking';

const FormView = lazy(() => import('../../forms/FormView'));
const NOTHING: Variables = {};

interface Props {
  /** the text of a form's schema */
  form: string | null;
  data?: Variables;
  action: string;
  working: boolean;
  onDone: (data: Variables) => void;
}

export function Filling({ form, data = NOTHING, action, working, onDone }: Props) {
  const { t } = useI18n();
  const handle = useRef<FormHandle>(null);
  const schema = useMemo(() => (form === null ? null : parseSchema(form)), [form]);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);

  function done() {
    if (schema === null) {
      const given = readData(text);
      setWrong(given === null ? t('walk.noData') : null);
      if (given !== null) onDone(given);
      return;
    }
    const { values, wrong: fields } = handle.current?.submit() ?? { values: {}, wrong: [] };
    setWrong(fields.length > 0 ? t('walk.formWrong') : null);
    if (fields[0]) handle.current?.focus(fields[0].path);
    else onDone(values);
  }

  return (
    <Suspense fallback={<Loading />}>
      {schema === null ? (
        <TextInput
          label={t('walk.data')}
          hint={t('walk.dataHint')}
          multiline
          value={text}
          onChange={setText}
          error={wrong}
        />
      ) : (
        <>
          <FormView handle={handle} schema={schema} data={data} />
          {wrong && (
            <p className="error" role="alert">
              {wrong}
            </p>
          )}
        </>
      )}
      <Button kind="primary" isDisabled={working} onPress={done}>
        {action}
      </Button>
    </Suspense>
  );
}
