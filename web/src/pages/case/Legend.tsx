/** What the marks in the diagram of a case mean. */
import { useI18n } from '../../i18n';

export function Legend() {
  const { t } = useI18n();
  return (
    <ul className="diagram-legend">
      <li>
        <span className="sample taken" /> {t('case.legendTaken')}
      </li>
      <li>
        <span className="sample active" /> {t('case.legendActive')}
      </li>
      <li>
        <span className="diagram-count sample-count" aria-hidden="true">
          {t('case.legendSample')}
        </span>{' '}
        {t('case.legendCount')}
      </li>
    </ul>
  );
}
