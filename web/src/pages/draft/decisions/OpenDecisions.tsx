/** A file of decisions of a draft, read and then open to be changed; loaded when one is opened. */
import { useCallback } from 'react';
import { getFileContent, type ModelDraft } from '../../../api/modelDrafts';
import { DecisionsShown } from '../../../decisions/DecisionsShown';
import { useI18n } from '../../../i18n';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { useResource } from '../../../ui/useResource';
import { Approval } from '../Approval';
import { DecisionsEditing } from './DecisionsEditing';

interface Props {
  draft: ModelDraft;
  path: string;
  /** Opens another file of the draft. */
  onFile: (path: string) => void;
  /** Something was done with the draft as a whole. */
  onDone: () => void;
}

export default function OpenDecisions({ draft, path, onFile, onDone }: Props) {
  const { t } = useI18n();
  const { draftKey } = draft;
  const file = useResource(
    useCallback((signal: AbortSignal) => getFileContent(draftKey, path, signal), [draftKey, path]),
  );
  if (file.error) return <Failure error={file.error} retry={file.reload} />;
  if (!file.data) return <Loading />;
  if (draft.state !== 'OPEN') {
    return (
      <>
        {draft.state === 'AWAITING_APPROVAL' ? (
          <Approval draft={draft} onDone={onDone} />
        ) : (
          <p className="notice">{t('draft.closed')}</p>
        )}
        <DecisionsShown xml={file.data.content} />
      </>
    );
  }
  return (
    <DecisionsEditing
      // another revision is opened anew, with nothing of what was done to the one before
      key={file.data.revision}
      draft={draft}
      file={file.data}
      again={file.reload}
      onFile={onFile}
      onDone={onDone}
    />
  );
}
