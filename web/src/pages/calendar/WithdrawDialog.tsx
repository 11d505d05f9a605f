import { useState } from 'react';
import type { Source } from '../../api/officeCalendar';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { SourceFields } from './SourceFields';

interface Props {
  title: string;
  withdraw: (source: Source) => Promise<unknown>;
  onClose: (done: boolean) => void;
}

/** An entry is never deleted: it is withdrawn, by a document and for a reason. */
export function WithdrawDialog({ title, withdraw, onClose }: Props) {
  const { t } = useI18n();
  const [said, setSaid] = useState<Source>({ source: '', reason: '' });

  async function act() {
    if (!said.source.trim() || !said.reason.trim()) return t('common.incomplete');
    await withdraw(said);
    return null;
  }

  return (
    <ActionDialog title={title} hint={t('office.moves')} submit={t('office.withdraw')} act={act} onClose={onClose}>
      <SourceFields said={said} onChange={setSaid} />
    </ActionDialog>
  );
}
