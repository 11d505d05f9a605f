/** The pane in which a form is tried: as staff will see it, with sample data of a case, and what the server says. */
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { FormTrial } from '../api/draftForms';
import type { FieldProblem, Variables } from '../api/types';
import type { FormHandle } from '../forms/FormView';
import { parseSchema } from '../forms/schema';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Failure } from '../ui/Failure';
import { TextInput } from '../ui/Fields';
import { Loading } from '../ui/Loading';
import type { Resource } from '../ui/useResource';
import { Result } from './Result';

const FormView = lazy(() => import('../forms/FormView'));

interface Props {
  /** the form as the server would show it; kept while a newer one is read or is broken */
  schema: Resource<string>;
  /** Resolves to what the server says of a submission of the form as it is saved. */
  onTry: (variables: Variables, submission: Variables) => Promise<FormTrial>;
}

const NONE: Variables = {};
const SAMPLE = '{"amount": 500}';
const NO_PROBLEMS: readonly FieldProblem[] = [];

export function TestPane({ schema, onTry }: Props) {
  const { t } = useI18n();
  const form = useRef<FormHandle>(null);
  const [typed, setTyped] = useState('');
  const [variables, setVariables] = useState(NONE);
  const [unreadable, setUnreadable] = useState(false);
  const [trial, setTrial] = useState<FormTrial | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const last = useLast(schema.data);
  const shown = useMemo(() => (last === null ? null : parseSchema(last)), [last]);
  const problems = useMemo(
    () =>
      trial?.errors.map(({ field, code, message }) => ({ field, code, th: message.th ?? '', en: message.en ?? '' })) ??
      NO_PROBLEMS,
    [trial],
  );

  function read() {
    const found = variablesIn(typed);
    setUnreadable(found === null);
    if (found && JSON.stringify(found) !== JSON.stringify(variables)) setVariables(found);
  }

  async function go() {
    setWorking(true);
    setError(null);
    setTrial(null);
    try {
      setTrial(await onTry(variables, form.current?.values() ?? {}));
    } catch (problem) {
      setError(problem);
    } finally {
      setWorking(false);
    }
  }

  return (
    <section className="card" aria-labelledby="trial-title">
      <h2 id="trial-title">{t('formedit.trial')}</h2>
      <p className="muted small">{t('formedit.trialWhat')}</p>
      {Boolean(schema.error) && <Failure error={schema.error} />}
      {!shown && !schema.error && <Loading />}
      {shown && (
        <Suspense fallback={<Loading />}>
          <FormView handle={form} schema={shown} data={variables} problems={problems} />
          <details>
            <summary>{t('formedit.sample')}</summary>
            <TextInput
              label={t('formedit.sampleLabel')}
              hint={t('formedit.sampleHint', { brace: SAMPLE })}
              error={unreadable ? t('formedit.sampleWrong') : null}
              multiline
              maxLength={100_000}
              value={typed}
              onChange={setTyped}
              onBlur={read}
            />
          </details>
          <Button kind="primary" isDisabled={working || unreadable} onPress={() => void go()}>
            {t('formedit.try')}
          </Button>
        </Suspense>
      )}
      {error !== null && <Failure error={error} />}
      <div role="status">{trial && <Result trial={trial} />}</div>
    </section>
  );
}

/** The last that there was. */
function useLast(text: string | undefined): string | null {
  const [last, setLast] = useState<string | null>(text ?? null);
  if (text !== undefined && text !== last) setLast(text);
  return last;
}

/** Null for what is no JSON object. */
function variablesIn(typed: string): Variables | null {
  if (!typed.trim()) return NONE;
  try {
    const found: unknown = JSON.parse(typed);
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Variables) : null;
  } catch {
    return null;
  }
}
