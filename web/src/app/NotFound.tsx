import { Link } from 'react-router-dom';
import { useI18n } from '../i18n';
import { PageTitle } from '../ui/PageTitle';

export function NotFound() {
  const { t } = useI18n();
  return (
    <>
      <PageTitle>{t('app.notFound')}</PageTitle>
      <p>
        <Link to="/">{t('app.home')}</Link>
      </p>
    </>
  );
}
