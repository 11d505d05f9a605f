import { useState } from 'react';
import { deployedDecisions } from '../../../api/deployed';
import { putFile, type ModelDraft } from '../../../api/modelDrafts';
import { newFile } from '../../../decisions/decisionEdits';
import { useI18n } from '../../../i18n';
import { ActionDialog } from '../../../ui/ActionDialog';
import { useAnnounce } from '../../../ui/Announcer';
import { NameFields, wrongId } from './NameFields';

interface Props {
  draft: ModelDraft;
  /** a file in whose folder the new one comes to lie */
  beside: string;
  /** what it may be called */
  name: string;
  onMade: (path: string, decisionId: string) => Promise<void> | void;
  onClose: () => void;
}

/** Asks what a new decision is called, and makes a file for it. Its id is that of no decision that is in use. */
export function NewDecisionFile({ draft, beside, name, onMade, onClose }: Props) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [given, setGiven] = useState({ name, id: '' });

  async function make() {
    const folder = beside.slice(0, beside.lastIndexOf('/') + 1);
    const path = `${folder}${given.id}.dmn`;
    const wrong = wrongId(given, []);
    if (wrong) return t(wrong);
    if (draft.files.some((file) => file.path.toLowerCase() === path.toLowerCase())) return t('dmn.idTaken');
    if ((await deployedDecisions()).some(({ id }) => id === given.id)) return t('dmn.file.inUse');
    await putFile(draft.draftKey, { path, content: newFile(given.id, given.name.trim()), revision: null });
    announce(t('dmn.file.made'));
    await onMade(path, given.id);
    return null;
  }

  return (
    <ActionDialog
      title={t('dmn.file.new')}
      hint={t('dmn.file.hint')}
      submit={t('dmn.make')}
      act={make}
      onClose={onClose}
    >
      <NameFields value={given} onChange={setGiven} />
    </ActionDialog>
  );
}
