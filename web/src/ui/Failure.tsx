import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { Button } from './Button';

/** A request that failed, in the user's language, with a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { language, t } = useI18n();
  return (
    <div className="notice danger" role="alert">
      <p>{problemText(error, language, t)}</p>
      {retry && <Button onPress={retry}>{t('common.retry')}</Button>}
    </div>
  );
}
