import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';

export default function InboxPage() {
  const { t } = useI18n();
  return <PageTitle>{t('inbox.title')}</PageTitle>;
}
