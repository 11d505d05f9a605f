/** The pane in which a decision is tried: a field for each variable that it reads, and what came out. */
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { DecisionNeed, DecisionTrial } from '../api/draftDecisions';
import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Failure } from '../ui/Failure';
import { Loading } from '../ui/Loading';
import type { Resource } from '../ui/useResource';
import { inLanguage } from './labels';
import type { Decision } from './model';
import { Outcome } from './Outcome';
import { sampleOf, textsFor, wrongIn } from './sample';
import { SampleField } from './SampleField';

interface Props {
  decision: Decision;
  needs: Resource<DecisionNeed[]>;
  /** what is typed, by the name of the variable; kept while the page is open */
  typed: Readonly<Record<string, string>>;
  onType: (typed: Record<string, string>) => void;
  /** what came out last, and whether the file has changed since */
  result: { trial: DecisionTrial; old: boolean } | null;
  onTry: (sample: Record<string, unknown>) => Promise<void>;
}

export function Trial({ decision, needs, typed, onType, result, onTry }: Props) {
  const { language, t } = useI18n();
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const told = needs.data ?? [];
  const names = new Set(told.map(({ name }) => name));
  // what an evaluation missed beside what could be known before
  const missed = (result?.trial.missing ?? []).filter((name) => !names.has(name));
  const fields = [...told, ...missed.map((name) => ({ name, type: null, label: null }))];

  async function go() {
    const found = wrongIn(fields, typed);
    setWrong(found);
    setError(null);
    if (found.length > 0) return;
    setWorking(true);
    try {
      await onTry(sampleOf(fields, typed));
    } catch (problem) {
      setError(problem);
    } finally {
      setWorking(false);
    }
  }

  return (
    <section className="card" aria-labelledby="trial-title">
      <h2 id="trial-title">{t('dmn.trial')}</h2>
      <p className="muted small">{t('dmn.trial.what')}</p>
      {Boolean(needs.error) && <Failure error={needs.error} retry={needs.reload} />}
      {!needs.data && !needs.error && <Loading />}
      {needs.data && (
        <Form
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault();
            void go();
          }}
        >
          {fields.length === 0 && <p>{t('dmn.trial.nothing')}</p>}
          {fields.map(({ name, type, label }) => (
            <SampleField
              key={name}
              name={name}
              label={label && label !== name ? inLanguage(label, language) : ''}
              type={type}
              values={textsFor(decision.table, name)}
              text={typed[name] ?? ''}
              error={wrong.includes(name) ? t('dmn.trial.noNumber') : null}
              onType={(text) => onType({ ...typed, [name]: text })}
            />
          ))}
          <Button kind="primary" type="submit" isDisabled={working}>
            {t('dmn.trial.go')}
          </Button>
        </Form>
      )}
      {error !== null && (
        <p className="notice danger" role="alert">
          {problemText(error, language, t)}
        </p>
      )}
      <div role="status">
        {result?.old && <p className="notice">{t('dmn.trial.old')}</p>}
        {result && !result.old && <Outcome trial={result.trial} decision={decision} />}
      </div>
    </section>
  );
}
