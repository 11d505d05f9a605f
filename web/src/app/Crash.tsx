import { useI18n } from '../i18n';
import { Button } from '../ui/Button';

/** In place of a page that threw an error (a chunk that could not be loaded after an update, too). */
export function Crash() {
  const { t } = useI18n();
  return (
    <div className="notice" role="alert">
      <p>{t('app.crash')}</p>
      <Button onPress={() => window.location.reload()}>{t('app.reload')}</Button>
    </div>
  );
}
