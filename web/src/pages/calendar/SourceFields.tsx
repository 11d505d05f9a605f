import type { Source } from '../../api/officeCalendar';
import { useI18n } from '../../i18n';
import { TextInput } from '../../ui/Fields';

/** The document that says so, and why it is entered. */
export function SourceFields({ said, onChange }: { said: Source; onChange: (said: Source) => void }) {
  const { t } = useI18n();
  return (
    <>
      <TextInput
        label={t('office.source')}
        hint={t('office.sourceHint')}
        value={said.source}
        onChange={(source) => onChange({ ...said, source })}
        maxLength={1000}
      />
      <TextInput
        label={t('reason.label')}
        multiline
        value={said.reason}
        onChange={(reason) => onChange({ ...said, reason })}
        maxLength={4000}
      />
    </>
  );
}
