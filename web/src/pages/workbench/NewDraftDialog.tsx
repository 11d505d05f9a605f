import { useState } from 'react';
import { createDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { TextInput } from '../../ui/Fields';

interface Props {
  onCreated: (draftKey: string) => void;
  onClose: () => void;
}

/** Asks what a new draft is called; it begins with an empty diagram. */
export function NewDraftDialog({ onCreated, onClose }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState('');

  async function create() {
    if (!name.trim()) return t('common.incomplete');
    onCreated(await createDraft(name.trim()));
    return null;
  }

  return (
    <ActionDialog
      title={t('workbench.new')}
      hint={t('workbench.newHint')}
      submit={t('workbench.create')}
      act={create}
      onClose={onClose}
    >
      <TextInput label={t('workbench.name')} value={name} onChange={setName} maxLength={256} />
    </ActionDialog>
  );
}
