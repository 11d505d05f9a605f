import { lazy, Suspense, use, useCallback, useMemo, useRef, useState } from 'react';
import { feelFunctions } from '../../api/expressions';
import type { KnownVariable } from '../../api/modelDrafts';
import type { FeelHandle } from '../../feel/FeelEditor';
import { useI18n } from '../../i18n';
import { AddChoice } from '../../ui/AddChoice';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource, type Resource } from '../../ui/useResource';
import { Known } from './known';

const FeelEditor = lazy(() => import('../../feel/FeelEditor'));

interface Props {
  label: string;
  /** as it stands in the diagram: with = before it; empty for none */
  value: string;
  /** where the expression stands: what a case knows there is offered */
  elementId: string;
  onCommit: (value: string) => void;
}

/** An expression in FEEL. What may be spoken of is offered while it is written, and can be chosen instead of typed. */
export function Expression({ label, value, elementId, onCommit }: Props) {
  const { t } = useI18n();
  const ask = use(Known);
  const editor = useRef<FeelHandle>(null);
  // asked when somebody begins to write, not for every expression that is shown
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const known = useResource(
    useCallback(
      (signal: AbortSignal) => (wanted && ask ? ask(elementId, signal) : Promise.resolve(null)),
      [wanted, ask, elementId],
    ),
  );
  const functions = useResource(feelFunctions);
  const vocabulary = useMemo(
    () => ({ variables: known.data ?? [], functions: functions.data ?? [] }),
    [known.data, functions.data],
  );
  return (
    <Suspense fallback={<Loading />}>
      <FeelEditor
        label={label}
        value={value.replace(/^=\s*/, '')}
        vocabulary={vocabulary}
        handle={editor}
        onBegin={() => setWanted(true)}
        onCommit={(next) => onCommit(next && `=${next}`)}
      />
      {Boolean(functions.error) && <Failure error={functions.error} retry={functions.reload} />}
      {ask && !open && (
        <Button
          small
          onPress={() => {
            setWanted(true);
            setOpen(true);
          }}
        >
          {t('known.open')}
        </Button>
      )}
      {ask && open && <Offer known={known} onChoose={(name) => editor.current?.insert(name)} />}
    </Suspense>
  );
}

interface OfferProps {
  known: Resource<KnownVariable[] | null>;
  onChoose: (name: string) => void;
}

function Offer({ known, onChoose }: OfferProps) {
  const { pick, t } = useI18n();
  if (known.error) return <Failure error={known.error} retry={known.reload} />;
  if (!known.data) return <Loading />;
  if (known.data.length === 0) return <p className="muted">{t('known.none')}</p>;
  const options = known.data.map(({ name, label, source }) => {
    const called = pick(label.th, label.en);
    const by = pick(source.th, source.en);
    return { value: name, label: called ? `${name} · ${called} (${by})` : `${name} (${by})` };
  });
  return <AddChoice label={t('known.choose')} none={t('panel.choose')} options={options} onAdd={onChoose} />;
}
