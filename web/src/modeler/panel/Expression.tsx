import { use, useCallback, useState } from 'react';
import { useI18n } from '../../i18n';
import { AddChoice } from '../../ui/AddChoice';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { Committed } from './Committed';
import { Known, type AskKnown } from './known';

interface Props {
  label: string;
  value: string;
  /** where the expression stands: what a case knows there is offered */
  elementId: string;
  onCommit: (value: string) => void;
}

/** An expression in FEEL, with the variables that it may speak of to be chosen instead of typed. */
export function Expression({ label, value, elementId, onCommit }: Props) {
  const { t } = useI18n();
  const ask = use(Known);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Committed label={label} hint={t('panel.feel')} value={value} multiline onCommit={onCommit} />
      {ask && !open && (
        <Button small onPress={() => setOpen(true)}>
          {t('known.open')}
        </Button>
      )}
      {ask && open && <Offer ask={ask} elementId={elementId} onChoose={(name) => onCommit(joined(value, name))} />}
    </>
  );
}

/** The expression with a variable at its end. */
function joined(value: string, name: string): string {
  if (!value) return `=${name}`;
  return value.endsWith('=') ? value + name : `${value} ${name}`;
}

interface OfferProps {
  ask: AskKnown;
  elementId: string;
  onChoose: (name: string) => void;
}

function Offer({ ask, elementId, onChoose }: OfferProps) {
  const { pick, t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => ask(elementId, signal), [ask, elementId]));
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  if (!found.data) return <Loading />;
  if (found.data.length === 0) return <p className="muted">{t('known.none')}</p>;
  const options = found.data.map(({ name, label, source }) => {
    const called = pick(label.th, label.en);
    const by = pick(source.th, source.en);
    return { value: name, label: called ? `${name} · ${called} (${by})` : `${name} (${by})` };
  });
  return <AddChoice label={t('known.choose')} none={t('panel.choose')} options={options} onAdd={onChoose} />;
}
