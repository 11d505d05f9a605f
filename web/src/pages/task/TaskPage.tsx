import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';

export default function TaskPage() {
  const { t } = useI18n();
  return <PageTitle>{t('task.title')}</PageTitle>;
}
