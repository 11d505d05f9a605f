/** Units, committees and positions: found by name and kind; the way to each one's members. */
import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { GROUP_KINDS, searchGroups, type GroupItem, type GroupKind } from '../../api/accounts';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { useGroupNames } from '../../ui/names';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { usePages } from '../../ui/usePages';
import { Parts } from '../people/Parts';
import '../people/people.css';

const PAGE = 50;

export default function GroupsPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const kind = GROUP_KINDS.find((each) => each === params.get('kind')) ?? null;
  const change = useCallback(
    (next: { q: string; kind: GroupKind | '' }) =>
      setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace: true }),
    [setParams],
  );
  const found = usePages<GroupItem>(
    useCallback((page, signal) => searchGroups({ text, kind }, page, signal), [text, kind]),
    PAGE,
  );
  return (
    <>
      <PageTitle>{t('accounts.groups')}</PageTitle>
      <Parts />
      <search className="people-filters">
        <SearchBox
          label={t('accounts.groupSearch')}
          hint={t('accounts.groupSearchHint')}
          value={text}
          onSearch={(q) => change({ q, kind: kind ?? '' })}
        />
        <Choice<GroupKind | ''>
          label={t('accounts.groupKind')}
          value={kind ?? ''}
          options={[
            { value: '', label: t('accounts.any') },
            ...GROUP_KINDS.map((value) => ({ value, label: t(`accounts.kind.${value}`) })),
          ]}
          onChange={(next) => change({ q: text, kind: next })}
        />
      </search>
      <Paged list={found} empty={t('accounts.groupNone')}>
        {(items) => <GroupTable items={items} />}
      </Paged>
    </>
  );
}

function GroupTable({ items }: { items: readonly GroupItem[] }) {
  const { pick, t } = useI18n();
  const nameOf = useGroupNames(items.flatMap(({ parent, headOf }) => [parent, headOf].filter((id) => id !== null)));
  return (
    <table className="task-table" aria-label={t('accounts.groupList')}>
      <thead>
        <tr>
          <th scope="col">{t('accounts.name')}</th>
          <th scope="col">{t('accounts.groupKind')}</th>
          <th scope="col" className="wide-only">
            {t('accounts.parent')}
          </th>
          <th scope="col" className="wide-only">
            {t('accounts.headOf')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ groupId, name, nameEn, kind, parent, headOf }) => (
          <tr key={groupId}>
            <td>
              <Link to={`/people/groups/${encodeURIComponent(groupId)}`}>{pick(name, nameEn)}</Link>
              <div className="muted small break">{groupId}</div>
            </td>
            <td>{t(`accounts.kind.${kind}`)}</td>
            <td className="wide-only">{parent && nameOf(parent)}</td>
            <td className="wide-only">{headOf && nameOf(headOf)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
