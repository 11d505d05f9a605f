import { useMemo, useState } from 'react';
import { useI18n } from '../i18n';
import { Choice } from '../ui/Choice';
import './decisions.css';
import { Grid } from './Grid';
import { inLanguage } from './labels';
import { readFile } from './model';
import { parse } from './xml';

interface Props {
  xml: string;
  /** the decision that is shown at first */
  first?: string;
}

const NOTHING: ReadonlyMap<never, never> = new Map<never, never>();

/** A file of decisions to look at: one of them, with its table or its expression. */
export function DecisionsShown({ xml, first }: Props) {
  const { language, t } = useI18n();
  const file = useMemo(() => {
    const parsed = parse(xml);
    return parsed && readFile(parsed);
  }, [xml]);
  const [chosen, setChosen] = useState(first);
  const [place, setPlace] = useState({ row: 0, column: 0 });
  if (!file) return <p className="notice warn">{t('dmn.unreadable')}</p>;
  const decision = file.decisions.find(({ id }) => id === chosen) ?? file.decisions[0];
  if (!decision) return <p className="card">{t('dmn.none')}</p>;
  const name = inLanguage(decision.name, language);
  return (
    <>
      {file.decisions.length > 1 && (
        <Choice
          label={t('dmn.decision')}
          value={decision.id}
          options={file.decisions.map((each) => ({ value: each.id, label: inLanguage(each.name, language) }))}
          onChange={setChosen}
        />
      )}
      <h2>{name}</h2>
      {decision.description && <p>{inLanguage(decision.description, language)}</p>}
      {decision.table && (
        <>
          <p className="muted small">{t('decisions.policy', { policy: decision.table.hitPolicy })}</p>
          <Grid
            table={decision.table}
            name={name}
            faults={NOTHING}
            matched={NOTHING}
            place={place}
            onPlace={setPlace}
          />
        </>
      )}
      {decision.expression && <pre className="card decision-value">{decision.expression.text}</pre>}
      {decision.otherLogic !== null && <p className="notice">{t('dmn.otherLogic', { kind: decision.otherLogic })}</p>}
    </>
  );
}
