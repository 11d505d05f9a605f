import { useI18n } from '../i18n';
import { useAnnounce } from './Announcer';
import { Button } from './Button';

/** Puts a text onto the clipboard; where the browser forbids that, the text beside it can be marked and copied. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useI18n();
  const announce = useAnnounce();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      announce(t('common.copied'));
    } catch {
      announce(t('common.notCopied'));
    }
  }

  return <Button onPress={() => void copy()}>{label}</Button>;
}
