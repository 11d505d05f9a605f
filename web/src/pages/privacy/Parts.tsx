import { NavLink } from 'react-router-dom';
import { isAdministrator, seesSettings, useMe } from '../../app/session';
import { useI18n } from '../../i18n';

/** The parts of data protection, as tabs: retention for auditors and administrators, requests for administrators. */
export function Parts() {
  const { t } = useI18n();
  const me = useMe();
  return (
    <nav aria-label={t('privacy.parts')}>
      <ul className="plain-list view-list">
        <li>
          <NavLink to="/data-protection" end>
            {t('privacy.holds')}
          </NavLink>
        </li>
        {seesSettings(me) && (
          <li>
            <NavLink to="/data-protection/retention">{t('retention.title')}</NavLink>
          </li>
        )}
        {isAdministrator(me) && (
          <li>
            <NavLink to="/data-protection/requests">{t('privacy.requests')}</NavLink>
          </li>
        )}
      </ul>
    </nav>
  );
}
