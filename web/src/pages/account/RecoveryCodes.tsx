import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';

/** Shown this once: printing prints them and nothing else of the page. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useI18n();
  return (
    <div className="recovery">
      <h3>{t('account.recovery')}</h3>
      <p>{t('account.recoveryWhat')}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row not-printed">
        <Button onPress={() => window.print()}>{t('account.print')}</Button>
        <Button kind="primary" onPress={onKept}>
          {t('account.kept')}
        </Button>
      </div>
    </div>
  );
}
