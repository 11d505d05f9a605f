import { lazy, Suspense, useCallback, useState, useSyncExternalStore } from 'react';
import { knownVariables, type FileContent, type Finding, type ModelDraft } from '../../api/modelDrafts';
import type { Edited, Editor } from '../../modeler/editor';
import { ElementPanel } from '../../modeler/panel/ElementPanel';
import { Known } from '../../modeler/panel/known';
import { MakeForm } from '../../modeler/panel/makeForm';
import { useI18n } from '../../i18n';
import { Loading } from '../../ui/Loading';
import { useAct } from '../../ui/useAct';
import { Actions } from './Actions';
import { DecisionFiles } from './DecisionFiles';
import { Findings } from './Findings';
import { PatternDialog } from './PatternDialog';
import { Saving } from './Saving';
import { Tools } from './Tools';
import { useDraftParts } from './useDraftParts';
import { useFindings } from './useFindings';
import { useLeaving } from './useLeaving';
import { useMakeForm } from './useMakeForm';
import { useSaver } from './useSaver';

const Modeler = lazy(() => import('../../modeler/Modeler'));

interface Props {
  draft: ModelDraft;
  /** as it was opened */
  file: FileContent;
  /** Reads the file anew, and drops what is not saved. */
  again: () => void;
  onFile: (path: string, decision?: string) => void;
  onDone: () => void;
  /** Draws this revision of the diagram anew. */
  onLayOut: (revision: number) => Promise<string>;
  /** Puts a pattern into this revision of the diagram, where an element is. */
  onPattern: (revision: number, patternId: string, elementId: string) => Promise<string>;
}

/** A diagram that is changed: tools, drawing, what the chosen element says, what is wrong. */
export function Editing({ draft, file, again, onFile, onDone, onLayOut, onPattern }: Props) {
  const { draftKey } = draft;
  const { path } = file;
  const [editor, setEditor] = useState<Editor | null>(null);
  const [putting, setPutting] = useState(false);
  const edited = useEdited(editor);
  const saver = useSaver(draftKey, file, editor);
  const saving = useSyncExternalStore(saver.subscribe, saver.snapshot);
  useLeaving(saving.kind !== 'saved', saver);
  const check = useFindings({ draftKey, path, editor, revision: saving.revision });
  const parts = useDraftParts(draft);
  const makeForm = useMakeForm(draft, parts.forms, onDone);
  const { t } = useI18n();
  const { act } = useAct();
  const ask = useCallback(
    async (elementId: string, signal: AbortSignal) => {
      await saver.settled();
      return knownVariables(draftKey, elementId, signal);
    },
    [draftKey, saver],
  );
  const errors = check.findings?.filter(({ severity }) => severity === 'ERROR').length ?? 0;

  async function drawAnew() {
    if (!(await saver.settled())) return t('layout.notSaved');
    return onLayOut(saver.snapshot().revision);
  }

  async function putIn(patternId: string, elementId: string) {
    if (!(await saver.settled())) return t('pattern.notSaved');
    return onPattern(saver.snapshot().revision, patternId, elementId);
  }

  function show({ path: where, elementId }: Finding) {
    if (where !== path && draft.files.some((each) => each.path === where)) onFile(where);
    else if (elementId) editor?.choose(elementId);
  }

  return (
    <>
      <div className="row draft-tools">
        <Tools
          editor={editor}
          edition={edited?.edition ?? 0}
          onLayOut={() => void act(drawAnew)}
          onPattern={() => setPutting(true)}
        />
        <Saving state={saving} draftKey={draftKey} onTheirs={again} onMine={saver.saveOver} />
        <Actions draft={draft} settled={saver.settled} errors={errors} onDone={onDone} />
      </div>
      <div className="draft-work">
        <Suspense fallback={<Loading />}>
          <Modeler xml={file.content} name={draft.name} onOpen={setEditor} />
        </Suspense>
        <div className="draft-side">
          <MakeForm value={makeForm}>
            <Known value={ask}>
              <DecisionFiles
                draft={draft}
                path={path}
                decisions={parts.decisions}
                saver={saver}
                {...{ onFile, onDone }}
              >
                {editor && edited && <ElementPanel editor={editor} shape={edited.shape} parts={parts} />}
              </DecisionFiles>
            </Known>
          </MakeForm>
        </div>
      </div>
      {putting && edited && <PatternDialog shape={edited.shape} onPut={putIn} onClose={() => setPutting(false)} />}
      <Findings check={check} path={path} onShow={show} />
    </>
  );
}

const never = () => () => undefined;
const nothing = () => null;

function useEdited(editor: Editor | null): Edited | null {
  return useSyncExternalStore<Edited | null>(editor?.subscribe ?? never, editor?.snapshot ?? nothing);
}
