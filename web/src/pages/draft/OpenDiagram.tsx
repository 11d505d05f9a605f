import { lazy, Suspense, useCallback } from 'react';
import { getFileContent, type ModelDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { Approval } from './Approval';
import { DrawnAnew } from './DrawnAnew';
import { Editing } from './Editing';
import { useLayout } from './useLayout';

const Diagram = lazy(() => import('../../diagram/Diagram'));
const NO_MARKS = { active: [], taken: [], counts: {} };

interface Props {
  draft: ModelDraft;
  path: string;
  /** Opens another file of the draft, perhaps at one of its decisions. */
  onFile: (path: string, decision?: string) => void;
  /** Something was done with the draft as a whole. */
  onDone: () => void;
}

/** One diagram of a draft, read and then open to be changed. */
export function OpenDiagram({ draft, path, onFile, onDone }: Props) {
  const { draftKey } = draft;
  const file = useResource(
    useCallback((signal: AbortSignal) => getFileContent(draftKey, path, signal), [draftKey, path]),
  );
  const { drawn, drawAnew, putIn, takeBack } = useLayout(draftKey, path, file.reload);
  if (file.error) return <Failure error={file.error} retry={file.reload} />;
  if (!file.data) return <Loading />;
  if (draft.state !== 'OPEN') return <Closed draft={draft} xml={file.data.content} onDone={onDone} />;
  return (
    <>
      {drawn && file.data.revision >= drawn.after && <DrawnAnew done={drawn.done} takeBack={takeBack} />}
      <Editing
        // another revision is opened anew, with nothing of what was done to the one before
        key={file.data.revision}
        draft={draft}
        file={file.data}
        again={file.reload}
        onFile={onFile}
        onDone={onDone}
        onLayOut={drawAnew}
        onPattern={putIn}
      />
    </>
  );
}

/** A draft that is published, discarded or awaits a second person: to look at, and to decide on. */
function Closed({ draft, xml, onDone }: { draft: ModelDraft; xml: string; onDone: () => void }) {
  const { t } = useI18n();
  return (
    <>
      {draft.state === 'AWAITING_APPROVAL' ? (
        <Approval draft={draft} onDone={onDone} />
      ) : (
        <p className="notice">{t('draft.closed')}</p>
      )}
      <Suspense fallback={<Loading />}>
        <Diagram xml={xml} name={draft.name} marks={NO_MARKS} />
      </Suspense>
    </>
  );
}
