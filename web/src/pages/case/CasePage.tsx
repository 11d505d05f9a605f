import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';

export default function CasePage() {
  const { t } = useI18n();
  return <PageTitle>{t('case.title')}</PageTitle>;
}
