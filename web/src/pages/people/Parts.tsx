/** The parts of people and permissions, as tabs above each of their pages. */
import { NavLink } from 'react-router-dom';
import { useI18n } from '../../i18n';

const PARTS = ['people', 'groups', 'roles', 'keysTitle', 'import'] as const;
const AT: Record<(typeof PARTS)[number], string> = {
  people: '/people',
  groups: '/people/groups',
  roles: '/people/roles',
  keysTitle: '/people/keys',
  import: '/people/import',
};

export function Parts() {
  const { t } = useI18n();
  return (
    <nav aria-label={t('accounts.parts')}>
      <ul className="plain-list view-list">
        {PARTS.map((part) => (
          <li key={part}>
            <NavLink to={AT[part]} end={part === 'people'}>
              {t(`accounts.${part}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
