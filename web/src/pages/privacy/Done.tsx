import { Link } from 'react-router-dom';
import type { Erasure } from '../../api/privacy';
import { useI18n } from '../../i18n';

/** What an erasure took, and what was refused, each with its reason. */
export function Done({ erasure }: { erasure: Erasure }) {
  const { pick, t } = useI18n();
  const left = erasure.refused.length > 0 || erasure.cases.some(({ about, stays }) => about && stays.length > 0);
  return (
    <section className="notice" role="status">
      <p>
        <strong>{t('privacy.erased', { n: erasure.erased.length })}</strong>
      </p>
      {erasure.pseudonym && <p>{t('privacy.pseudonym', { name: erasure.pseudonym })}</p>}
      {erasure.refused.length > 0 && (
        <>
          <p>{t('privacy.refused')}</p>
          <ul>
            {erasure.refused.map(({ processInstanceKey: key, th, en }) => (
              <li key={key}>
                <Link to={`/cases/${key}`}>{t('logbook.case', { key })}</Link>: {pick(th, en)}
              </li>
            ))}
          </ul>
        </>
      )}
      {left && <p>{t('privacy.again')}</p>}
    </section>
  );
}
