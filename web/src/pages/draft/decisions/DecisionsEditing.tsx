import { useMemo, useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FileContent, Finding, ModelDraft } from '../../../api/modelDrafts';
import '../../../decisions/decisions.css';
import { DecisionEditor, type Opened } from '../../../decisions/editor';
import { whereIs } from '../../../decisions/faults';
import type { Place } from '../../../decisions/places';
import { useI18n } from '../../../i18n';
import { Actions } from '../Actions';
import { Findings } from '../Findings';
import { Saving } from '../Saving';
import { useFindings } from '../useFindings';
import { useLeaving } from '../useLeaving';
import { useSaver } from '../useSaver';
import { OneDecision } from './OneDecision';
import { Steps } from './Steps';

interface Props {
  draft: ModelDraft;
  /** as it was opened */
  file: FileContent;
  /** Reads the file anew, and drops what is not saved. */
  again: () => void;
  onFile: (path: string) => void;
  onDone: () => void;
}

const BEGIN: Place = { row: 0, column: 0 };

/** A file of decisions that is changed: tools, one decision with its table, the trial, what is wrong. */
export function DecisionsEditing({ draft, file, again, onFile, onDone }: Props) {
  const { t } = useI18n();
  const { draftKey } = draft;
  const { path, content } = file;
  const editor = useMemo(() => opened(content), [content]);
  const now = useOpened(editor);
  const saver = useSaver(draftKey, file, editor);
  const saving = useSyncExternalStore(saver.subscribe, saver.snapshot);
  useLeaving(saving.kind !== 'saved', saver);
  const check = useFindings({ draftKey, path, editor: null, revision: saving.revision });
  const errors = check.findings?.filter(({ severity }) => severity === 'ERROR').length ?? 0;
  const [params, setParams] = useSearchParams();
  const [place, setPlace] = useState(BEGIN);
  const [turn, setTurn] = useState(0);
  const decisions = now?.file.decisions ?? [];
  const decision = decisions.find(({ id }) => id === params.get('decision')) ?? decisions[0];

  function open(id: string, at: Place = BEGIN) {
    setParams({ file: path, decision: id }, { replace: true });
    setPlace(at);
  }

  function show({ path: where, elementId }: Finding) {
    if (where !== path && draft.files.some((each) => each.path === where)) return onFile(where);
    const found = now && elementId ? whereIs(now.file, elementId) : null;
    if (!found) return undefined;
    open(found.decision.id, found.place ?? BEGIN);
    return setTurn(turn + 1);
  }

  return (
    <>
      <div className="row draft-tools">
        <Steps editor={editor} edition={now?.edition ?? 0} />
        <Saving state={saving} draftKey={draftKey} onTheirs={again} onMine={saver.saveOver} />
        <Actions draft={draft} settled={saver.settled} errors={errors} onDone={onDone} />
      </div>
      {editor && now ? (
        <OneDecision
          draftKey={draftKey}
          path={path}
          editor={editor}
          now={now}
          decision={decision}
          findings={check.findings ?? []}
          saver={saver}
          revision={saving.revision}
          place={place}
          onPlace={setPlace}
          turn={turn}
          onOpen={open}
        />
      ) : (
        <p className="notice warn">{t('dmn.unreadable')}</p>
      )}
      <Findings check={check} path={path} onShow={show} />
    </>
  );
}

/** Null for a file that is no DMN. */
function opened(content: string): DecisionEditor | null {
  try {
    return new DecisionEditor(content);
  } catch {
    return null;
  }
}

const never = () => () => undefined;
const nothing = () => null;

function useOpened(editor: DecisionEditor | null): Opened | null {
  return useSyncExternalStore<Opened | null>(editor?.subscribe ?? never, editor?.snapshot ?? nothing);
}
