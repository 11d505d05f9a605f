/** One person's account: facts, groups, roles, what opens it, and what it may do and why. */
import { useCallback } from 'react';
import { Link, useParams } from 'react-router-dom';
import { getAccount, type Account } from '../../api/accounts';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Sessions } from '../account/Sessions';
import '../account/account.css';
import '../people/people.css';
import { Access } from './Access';
import { Facts } from './Facts';
import { Groups } from './Groups';
import { Keys } from './Keys';
import { Leaving } from './Leaving';
import { Permissions } from './Permissions';
import { Roles } from './Roles';
import { StandingIn } from './StandingIn';

export interface PartProps {
  account: Account;
  /** Whether somebody else than oneself is changed: nobody manages the own account. */
  mayChange: boolean;
  reload: () => void;
}

export default function PersonPage() {
  const { t } = useI18n();
  const { username = '' } = useParams();
  const found = useResource(useCallback((signal: AbortSignal) => getAccount(username, signal), [username]));
  return (
    <>
      <p>
        <Link to="/people">{t('accounts.back')}</Link>
      </p>
      <PageTitle title={found.data?.name ?? username}>{found.data?.name ?? username}</PageTitle>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.loading && <Loading />}
      {found.data && <Person account={found.data} reload={found.reload} />}
    </>
  );
}

function Person({ account, reload }: { account: Account; reload: () => void }) {
  const { t } = useI18n();
  const mayChange = useMe().username !== account.username;
  const props = { account, mayChange, reload };
  return (
    <div className="account">
      {!mayChange && <p className="notice">{t('accounts.own')}</p>}
      <Facts {...props} />
      <Groups {...props} />
      <Roles {...props} />
      <Permissions account={account} />
      <Access {...props} />
      {/* where one is signed in changes with the account: a password for one use ends it all */}
      <Sessions
        key={`${account.active}${account.oneTimeUntil}${account.hasSecondFactor}`}
        username={account.username}
      />
      <Keys key={String(account.active)} username={account.username} />
      <StandingIn username={account.username} />
      {mayChange && <Leaving {...props} />}
    </div>
  );
}
