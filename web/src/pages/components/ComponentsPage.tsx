/** Every component in every state: what is changed in one of them is seen here first, in each theme and language. */
import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';
import { Controls } from './Controls';
import { OfCases } from './OfCases';
import { Told } from './Told';
import './components.css';

export default function ComponentsPage() {
  const { t } = useI18n();
  return (
    <>
      <PageTitle>{t('components.title')}</PageTitle>
      <p className="muted">{t('components.hint')}</p>
      <h2 className="visually-hidden">{t('components.title')}</h2>
      <div className="specimens">
        <Controls />
        <Told />
        <OfCases />
      </div>
    </>
  );
}
