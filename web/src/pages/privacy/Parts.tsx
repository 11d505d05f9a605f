import { NavLink } from 'react-router-dom';
import { isAdministrator, useMe } from '../../app/session';
import { useI18n } from '../../i18n';

/** The parts of data protection, as tabs; requests of persons are for administrators. */
export function Parts() {
  const { t } = useI18n();
  const all = isAdministrator(useMe());
  return (
    <nav aria-label={t('privacy.parts')}>
      <ul className="plain-list view-list">
        <li>
          <NavLink to="/data-protection" end>
            {t('privacy.holds')}
          </NavLink>
        </li>
        {all && (
          <li>
            <NavLink to="/data-protection/requests">{t('privacy.requests')}</NavLink>
          </li>
        )}
      </ul>
    </nav>
  );
}
