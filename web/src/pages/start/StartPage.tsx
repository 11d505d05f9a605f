import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';

export default function StartPage() {
  const { t } = useI18n();
  return <PageTitle>{t('start.title')}</PageTitle>;
}
