import type { Texts } from '../../api/types';
import { useI18n } from '../../i18n';
import { Committed } from './Committed';

interface Props {
  label: string;
  value: Texts;
  multiline?: boolean;
  onCommit: (value: Texts) => void;
}

/** A text in Thai and in English. */
export function BothTexts({ label, value, multiline = true, onCommit }: Props) {
  const { t } = useI18n();
  return (
    <>
      <Committed
        label={t('panel.thai', { label })}
        multiline={multiline}
        value={value.th ?? ''}
        onCommit={(th) => onCommit({ ...value, th: th || null })}
      />
      <Committed
        label={t('panel.english', { label })}
        multiline={multiline}
        value={value.en ?? ''}
        onCommit={(en) => onCommit({ ...value, en: en || null })}
      />
    </>
  );
}
