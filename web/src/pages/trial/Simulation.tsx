/** A case of the draft walked by hand, choice by choice: the diagram shows where it stands, the list what can be chosen. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { putFile, type ModelDraft } from '../../api/modelDrafts';
import { formatMoment } from '../../dates/format';
import { namesOf } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useAct } from '../../ui/useAct';
import { endsOf } from '../heat/flowEnds';
import { Beginnings } from './Beginnings';
import { freePath, written } from './files';
import { elementName, marksOf } from './marking';
import type { DraftDiagram } from './useDiagrams';
import { useWalk } from './useWalk';
import { Variables } from './Variables';
import { WaitingList } from './WaitingList';
import { expected } from './walking';

const Diagram = lazy(() => import('../../diagram/Diagram'));

interface Props {
  draft: ModelDraft;
  diagrams: readonly DraftDiagram[];
  reload: () => void;
}

export function Simulation(props: Props) {
  const { t } = useI18n();
  const ids = props.diagrams.flatMap(({ processes }) => processes);
  const [process, setProcess] = useState(ids[0] ?? '');
  return (
    <>
      {ids.length > 1 && (
        <Choice
          label={t('walk.process')}
          value={process}
          options={ids.map((value) => ({ value, label: value }))}
          onChange={setProcess}
        />
      )}
      <Walked key={process} {...props} process={process} />
    </>
  );
}

function Walked({ draft, diagrams, reload, process }: Props & { process: string }) {
  const { language, pick, t } = useI18n();
  const diagram = diagrams.find(({ processes }) => processes.includes(process)) ?? diagrams[0];
  const xml = diagram?.xml ?? '';
  const names = useMemo(() => namesOf(xml), [xml]);
  const ends = useMemo(() => endsOf(xml), [xml]);
  const name = (id: string) => elementName(id, names, ends, pick);
  const walk = useWalk(draft.draftKey, process, ({ state, standing }) =>
    state === null
      ? t('walk.restarted')
      : state === 'ACTIVE'
        ? t('walk.standsAt', { names: [...new Set(standing)].map(name).join(', ') })
        : t('walk.ended'),
  );
  const { shown, gone } = walk;
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (gone > 0) place.current?.focus({ preventScroll: true });
  }, [gone]);
  const marks = useMemo(
    () => marksOf({ taken: shown?.taken ?? [], waiting: shown?.standing ?? [] }, diagram?.processes ?? [], ends),
    [shown, diagram, ends],
  );
  const begun = walk.first.data?.beginnings.find(({ kind }) => kind === 'NONE');
  if (walk.first.error) return <Failure error={walk.first.error} retry={walk.first.reload} />;
  if (!shown || !diagram) return <Loading />;
  return (
    <>
      <p className="muted small">{t('walk.hint')}</p>
      <Suspense fallback={<Loading />}>
        <Diagram xml={xml} name={diagram.path} marks={marks} />
      </Suspense>
      {Boolean(walk.error) && <Failure error={walk.error} />}
      {walk.refused.length > 0 && (
        <div className="notice danger" role="alert">
          <p>{t('walk.refused')}</p>
          <ul>
            {walk.refused.map(({ message }) => (
              <li key={message.en}>{pick(message.th, message.en)}</li>
            ))}
          </ul>
        </div>
      )}
      {/* what was pressed is gone after a choice: the keyboard goes on from here */}
      <p ref={place} tabIndex={-1} className="walk-state">
        <strong>
          {t(`walk.state.${shown.state === null ? 'none' : shown.state === 'ACTIVE' ? 'active' : 'over'}`)}
        </strong>{' '}
        <span className="muted">{t('walk.now', { date: formatMoment(shown.now, language) })}</span>
      </p>
      {shown.state === null ? (
        <Beginnings key={shown.at} beginnings={shown.beginnings} name={name} walk={walk} />
      ) : (
        <>
          {/* other choices after each: nothing of the last is left in their fields */}
          <WaitingList key={walk.steps.length} waiting={shown.waiting} name={name} walk={walk} />
          <Tools draft={draft} diagram={diagram} walk={walk} reload={reload} />
          <Variables
            key={walk.gone}
            variables={shown.variables}
            form={begun?.form ?? null}
            walk={shown.state === 'ACTIVE' ? walk : null}
          />
        </>
      )}
    </>
  );
}

interface ToolsProps {
  draft: ModelDraft;
  diagram: DraftDiagram;
  walk: ReturnType<typeof useWalk>;
  reload: () => void;
}

/** A step back, all of them back, and the way kept as a scenario. */
function Tools({ draft, diagram, walk, reload }: ToolsProps) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const { shown, start, steps } = walk;

  async function keep() {
    if (!shown || !start) return t('walk.nothing');
    const path = freePath(
      diagram.path,
      draft.files.map((file) => file.path),
    );
    const content = written({
      process: shown.processDefinitionId,
      at: shown.at,
      start,
      steps: [...steps, expected(shown)],
    });
    await putFile(draft.draftKey, { path, content, revision: null });
    reload();
    return t('walk.kept', { file: path.slice(path.lastIndexOf('/') + 1) });
  }

  return (
    <div className="row">
      <Button isDisabled={walk.working} onPress={() => void walk.back()}>
        {t('walk.back')}
      </Button>
      <Button isDisabled={walk.working} onPress={() => void walk.restart()}>
        {t('walk.restart')}
      </Button>
      {draft.state === 'OPEN' && (
        <Button isDisabled={working} onPress={() => void act(keep)}>
          {t('walk.keep')}
        </Button>
      )}
    </div>
  );
}
