/** A form of a draft, read and then open to be changed; loaded when one is opened. */
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { getFileContent, type ModelDraft } from '../../../api/modelDrafts';
import { FormEditor } from '../../../formeditor/editor';
import { useI18n } from '../../../i18n';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { useResource } from '../../../ui/useResource';
import { Actions } from '../Actions';
import { Approval } from '../Approval';
import { FormEditing } from './FormEditing';

const FormView = lazy(() => import('../../../forms/FormView'));
const NOTHING = {};

interface Props {
  draft: ModelDraft;
  path: string;
  /** Opens another file of the draft. */
  onFile: (path: string) => void;
  /** Something was done with the draft as a whole. */
  onDone: () => void;
}

export default function OpenForm({ draft, path, onFile, onDone }: Props) {
  const { t } = useI18n();
  const { draftKey } = draft;
  const file = useResource(
    useCallback((signal: AbortSignal) => getFileContent(draftKey, path, signal), [draftKey, path]),
  );
  const content = file.data?.content;
  const editor = useMemo(() => (content === undefined ? null : opened(content)), [content]);
  if (file.error) return <Failure error={file.error} retry={file.reload} />;
  if (!file.data) return <Loading />;
  if (!editor) {
    return (
      <>
        <p className="notice warn">{t('formedit.unreadable')}</p>
        <Actions draft={draft} settled={() => Promise.resolve(true)} errors={1} onDone={onDone} />
      </>
    );
  }
  if (draft.state !== 'OPEN') {
    return (
      <>
        {draft.state === 'AWAITING_APPROVAL' ? (
          <Approval draft={draft} onDone={onDone} />
        ) : (
          <p className="notice">{t('draft.closed')}</p>
        )}
        <section className="card">
          <Suspense fallback={<Loading />}>
            <FormView schema={editor.snapshot().form} data={NOTHING} readOnly />
          </Suspense>
        </section>
      </>
    );
  }
  return (
    <FormEditing
      // another revision is opened anew, with nothing of what was done to the one before
      key={file.data.revision}
      draft={draft}
      file={file.data}
      editor={editor}
      again={file.reload}
      onFile={onFile}
      onDone={onDone}
    />
  );
}

/** Null for a file that is no form at all. */
function opened(content: string): FormEditor | null {
  try {
    return new FormEditor(content);
  } catch {
    return null;
  }
}
