/** The roles: who has each, and what it lets one do. */
import { Link } from 'react-router-dom';
import { getRoles, type RoleItem } from '../../api/accounts';
import { useI18n, type MessageKey } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Parts } from '../people/Parts';
import { PermissionName } from '../person/Permissions';

export default function RolesPage() {
  const { t } = useI18n();
  const found = useResource(getRoles);
  return (
    <>
      <PageTitle>{t('accounts.roles')}</PageTitle>
      <Parts />
      <p className="muted">{t('accounts.rolesHint')}</p>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.loading && <Loading />}
      {found.data?.map((item) => (
        <Role key={item.role} item={item} />
      ))}
    </>
  );
}

function Role({ item: { role, accounts, permissions } }: { item: RoleItem }) {
  const { t } = useI18n();
  const holders = t('accounts.holders', { n: accounts });
  return (
    <section className="card" aria-labelledby={`role-${role}`}>
      <h2 id={`role-${role}`}>{t(`accounts.role.${role}` as MessageKey)}</h2>
      <p>
        {/* whoever belongs to a group is staff: of those there is no list of its own */}
        {role === 'staff' ? holders : <Link to={`/people?role=${role}`}>{holders}</Link>}
      </p>
      <details>
        <summary>{t('accounts.gives', { n: permissions.length })}</summary>
        <ul>
          {permissions.map((permission) => (
            <li key={permission}>
              <PermissionName permission={permission} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
