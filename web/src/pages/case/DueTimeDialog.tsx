import { useState } from 'react';
import { DateInput } from '../../forms/DateInput';
import { useI18n } from '../../i18n';
import { ReasonDialog } from '../../parts/ReasonDialog';

interface Props {
  name: string;
  /** when the timer is due now, in milliseconds since 1970 */
  due: number | null;
  onSubmit: (dueDate: string, reason: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for the new time of a timer, and why. */
export function DueTimeDialog({ name, due, onSubmit, onClose }: Props) {
  const { t } = useI18n();
  const [iso, setIso] = useState<string | null>(due === null ? null : new Date(due).toISOString());
  return (
    <ReasonDialog
      title={t('manage.changeOf', { name })}
      hint={t('intervention.perhapsAsked')}
      action={t('manage.change')}
      missing={iso ? null : t('manage.timeNeeded')}
      onSubmit={(reason) => onSubmit(iso ?? '', reason)}
      onClose={onClose}
    >
      <DateInput
        id="new-time"
        label={t('manage.newTime')}
        description=""
        kind="datetime"
        iso={iso}
        errors={[]}
        required
        disabled={false}
        readOnly={false}
        notPast={false}
        onIso={setIso}
        onBlur={() => undefined}
      />
    </ReasonDialog>
  );
}
