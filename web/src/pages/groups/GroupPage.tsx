/** One unit, committee or position: where it stands, and its members, taken in and out. */
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { changeMembership, getGroup, searchAccounts, type AccountItem, type GroupItem } from '../../api/accounts';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useGroupNames } from '../../ui/names';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { PersonPicker } from '../../ui/PersonPicker';
import { useAct } from '../../ui/useAct';
import { usePages } from '../../ui/usePages';
import { useResource } from '../../ui/useResource';
import { PeopleTable } from '../people/PeoplePage';
import '../people/people.css';

const PAGE = 50;

export default function GroupPage() {
  const { pick, t } = useI18n();
  const { group = '' } = useParams();
  const found = useResource(useCallback((signal: AbortSignal) => getGroup(group, signal), [group]));
  const name = found.data ? pick(found.data.name, found.data.nameEn) : group;
  return (
    <>
      <p>
        <Link to="/people/groups">{t('accounts.backToGroups')}</Link>
      </p>
      <PageTitle title={name}>{name}</PageTitle>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.loading && <Loading />}
      {found.data === null && <p className="card">{t('accounts.groupUnknown')}</p>}
      {found.data && <Facts item={found.data} />}
      {found.data && <Members group={group} />}
    </>
  );
}

function Facts({ item }: { item: GroupItem }) {
  const { t } = useI18n();
  const nameOf = useGroupNames([item.parent, item.headOf].filter((id) => id !== null));
  return (
    <dl className="facts card">
      <dt>{t('accounts.groupKey')}</dt>
      <dd>{item.groupId}</dd>
      <dt>{t('accounts.groupKind')}</dt>
      <dd>{t(`accounts.kind.${item.kind}`)}</dd>
      {item.parent && (
        <>
          <dt>{t('accounts.parent')}</dt>
          <dd>
            <Link to={`/people/groups/${encodeURIComponent(item.parent)}`}>{nameOf(item.parent)}</Link>
          </dd>
        </>
      )}
      {item.headOf && (
        <>
          <dt>{t('accounts.headOf')}</dt>
          <dd>{nameOf(item.headOf)}</dd>
        </>
      )}
    </dl>
  );
}

function Members({ group }: { group: string }) {
  const { t } = useI18n();
  const query = useMemo(() => ({ text: '', active: null, role: null, group }), [group]);
  const found = usePages<AccountItem>(
    useCallback((page, signal) => searchAccounts(query, page, signal), [query]),
    PAGE,
  );
  return (
    <section aria-labelledby="members">
      <h2 id="members">{t('accounts.members')}</h2>
      <Paged list={found} empty={t('accounts.noMembers')}>
        {(items) => <PeopleTable items={items} />}
      </Paged>
      {/* under the members, not where they push it aside */}
      {found.items && <AddMember group={group} reload={found.reload} />}
    </section>
  );
}

function AddMember({ group, reload }: { group: string; reload: () => void }) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const add = (username: string) =>
    act(async () => {
      await changeMembership(username, group, 'PUT');
      setChosen(null);
      setTurn((n) => n + 1);
      reload();
      return t('accounts.joined');
    });
  return (
    <div className="give narrow-form">
      <PersonPicker key={turn} label={t('accounts.addMemberWho')} without={[]} onChoose={setChosen} />
      <Button isDisabled={working || chosen === null} onPress={() => chosen !== null && void add(chosen)}>
        {t('accounts.addMember')}
      </Button>
    </div>
  );
}
