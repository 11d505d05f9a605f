/** Everybody with an account: found by name, state, role and group; the way to each person's page. */
import { useCallback, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { ROLES, searchAccounts, type AccountItem, type AccountQuery } from '../../api/accounts';
import { allGroups } from '../../api/directory';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { Secret } from '../../ui/Secret';
import { Paged } from '../../ui/Paged';
import { usePages } from '../../ui/usePages';
import { useResource } from '../../ui/useResource';
import { NewPersonDialog } from './NewPersonDialog';
import { Parts } from './Parts';
import './people.css';

const PAGE = 50;
const STATES = ['active', 'inactive'] as const;

/** What the address asks for, and how to ask for something else. */
function useQuery(): [AccountQuery, (part: Record<string, string>) => void] {
  const [params, setParams] = useSearchParams();
  const query = useMemo<AccountQuery>(() => {
    const state = params.get('state');
    return {
      text: params.get('q') ?? '',
      active: state === 'active' ? true : state === 'inactive' ? false : null,
      role: ROLES.find((role) => role === params.get('role')) ?? null,
      group: params.get('group'),
    };
  }, [params]);
  const change = (part: Record<string, string>) => {
    const next = { ...Object.fromEntries(params), ...part };
    setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace: true });
  };
  return [query, change];
}

export default function PeoplePage() {
  const { t } = useI18n();
  const [query, change] = useQuery();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ username: string; password: string | null } | null>(null);
  const found = usePages(
    useCallback(
      (page: { limit: number; after?: string }, signal?: AbortSignal) => searchAccounts(query, page, signal),
      [query],
    ),
    PAGE,
  );
  return (
    <>
      <PageTitle>{t('accounts.nav')}</PageTitle>
      <Parts />
      <Filters query={query} change={change} />
      <p>
        <Button kind="primary" onPress={() => setAdding(true)}>
          {t('accounts.add')}
        </Button>
      </p>
      {made && <Made {...made} onClose={() => setMade(null)} />}
      <Paged list={found} empty={t('accounts.none')}>
        {(items) => <PeopleTable items={items} />}
      </Paged>
      {adding && (
        <NewPersonDialog
          onMade={(username, password) => setMade({ username, password })}
          onClose={() => {
            setAdding(false);
            found.reload();
          }}
        />
      )}
    </>
  );
}

function Made({ username, password, onClose }: { username: string; password: string | null; onClose: () => void }) {
  const { t } = useI18n();
  const link = (
    <Link to={`/people/accounts/${encodeURIComponent(username)}`}>{t('accounts.open', { name: username })}</Link>
  );
  if (password === null) return <p className="notice">{link}</p>;
  return (
    <Secret
      title={t('accounts.oneTime', { name: username })}
      hint={t('accounts.oneTimeHint')}
      secret={password}
      onClose={onClose}
    >
      {link}
    </Secret>
  );
}

function Filters({ query, change }: { query: AccountQuery; change: (part: Record<string, string>) => void }) {
  const { pick, t } = useI18n();
  const groups = useResource(allGroups);
  const any = { value: '', label: t('accounts.any') };
  const search = useCallback((q: string) => change({ q }), [change]);
  return (
    <search className="people-filters">
      <SearchBox label={t('accounts.search')} hint={t('accounts.searchHint')} value={query.text} onSearch={search} />
      <Choice
        label={t('accounts.state')}
        value={query.active === null ? '' : query.active ? 'active' : 'inactive'}
        options={[any, ...STATES.map((value) => ({ value, label: t(`accounts.${value}`) }))]}
        onChange={(state) => change({ state })}
      />
      <Choice
        label={t('accounts.role')}
        value={query.role ?? ''}
        options={[any, ...ROLES.map((value) => ({ value, label: t(`accounts.role.${value}`) }))]}
        onChange={(role) => change({ role })}
      />
      <Choice
        label={t('accounts.group')}
        value={query.group ?? ''}
        options={[any, ...(groups.data ?? []).map((g) => ({ value: g.groupId, label: pick(g.name, g.nameEn) }))]}
        onChange={(group) => change({ group })}
      />
    </search>
  );
}

export function PeopleTable({ items }: { items: readonly AccountItem[] }) {
  const { t } = useI18n();
  return (
    <table className="task-table" aria-label={t('accounts.list')}>
      <thead>
        <tr>
          <th scope="col">{t('accounts.name')}</th>
          <th scope="col" className="wide-only">
            {t('accounts.email')}
          </th>
          <th scope="col" className="wide-only">
            {t('accounts.clearance')}
          </th>
          <th scope="col">{t('accounts.state')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.username}>
            <td>
              <Link to={`/people/accounts/${encodeURIComponent(item.username)}`}>{item.name}</Link>
              <div className="muted small">{item.username}</div>
            </td>
            <td className="wide-only break">{item.email}</td>
            <td className="wide-only">{t(`accounts.clearance.${item.clearance as 'NORMAL'}`)}</td>
            <td>
              <ActiveBadge active={item.active} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ActiveBadge({ active }: { active: boolean }) {
  const { t } = useI18n();
  return <span className={active ? 'badge good' : 'badge'}>{t(active ? 'accounts.active' : 'accounts.inactive')}</span>;
}
