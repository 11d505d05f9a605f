import { useState } from 'react';
import { useI18n } from '../i18n';
import { ActionDialog } from '../ui/ActionDialog';
import { useAnnounce } from '../ui/Announcer';
import { TextInput } from '../ui/Fields';

interface Props {
  name: string;
  /** Rejects with what is told in the dialog. */
  rename: (name: string) => Promise<void>;
  onClose: (done: boolean) => void;
}

/** Gives something that one keeps for oneself another name. */
export function RenameDialog({ name, rename, onClose }: Props) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [now, setNow] = useState(name);

  async function act(): Promise<string | null> {
    if (now.trim() === '') return t('rename.missing');
    await rename(now.trim());
    announce(t('rename.done', { name: now.trim() }));
    return null;
  }

  return (
    <ActionDialog title={t('rename.of', { name })} submit={t('rename.do')} act={act} onClose={onClose}>
      <TextInput label={t('rename.name')} value={now} maxLength={100} onChange={setNow} />
    </ActionDialog>
  );
}
