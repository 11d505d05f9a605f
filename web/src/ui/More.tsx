import { useI18n } from '../i18n';
import { Button } from './Button';

interface Props {
  /** whether there is a next page */
  more: boolean;
  loadingMore: boolean;
  loadMore: () => unknown;
}

/** Fetches the next page of a list, as long as there is one. */
export function More({ more, loadingMore, loadMore }: Props) {
  const { t } = useI18n();
  if (!more) return null;
  return (
    <Button onPress={() => void loadMore()} isDisabled={loadingMore}>
      {loadingMore ? t('common.loading') : t('common.more')}
    </Button>
  );
}
