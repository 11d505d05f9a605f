import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';

export default function CasesPage() {
  const { t } = useI18n();
  return <PageTitle>{t('cases.title')}</PageTitle>;
}
