import type { ReactNode } from 'react';
import { CLEARANCES, type Clearance } from '../../api/accounts';
import type { ChangeOfPerson, PeopleImport } from '../../api/peopleImports';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';

interface Props {
  told: PeopleImport;
  working: boolean;
  onImport: () => void;
}

/** What an import would change, person by person, and the button that does it. */
export function Difference({ told, working, onImport }: Props) {
  const { t } = useI18n();
  const { groups, added, changed, missing, deactivated } = told;
  const groupsDiffer = groups.added.length + groups.changed.length > 0;
  const different = groupsDiffer || added.length + changed.length > 0 || (deactivated && missing.length > 0);
  return (
    <section className="card" aria-labelledby="difference">
      <h2 id="difference">{t('accounts.importWould')}</h2>
      {!different && <p>{t('accounts.importSame')}</p>}
      {groupsDiffer && (
        <>
          <h3>{t('accounts.importGroups', { added: groups.added.length, changed: groups.changed.length })}</h3>
          <p className="break">{[...groups.added, ...groups.changed].join(', ')}</p>
        </>
      )}
      <List title={t('accounts.importAdded', { n: added.length })} items={added}>
        {(change) => <Change change={change} />}
      </List>
      <List title={t('accounts.importChanged', { n: changed.length })} items={changed}>
        {(change) => <Change change={change} />}
      </List>
      <List
        title={t(deactivated ? 'accounts.importGone' : 'accounts.importAbsent', { n: missing.length })}
        items={missing}
      >
        {({ account, name, openTasks }) => (
          <>
            {name} <span className="muted small">{account}</span>
            {openTasks.length > 0 && <div className="small">{t('accounts.importHolds', { n: openTasks.length })}</div>}
          </>
        )}
      </List>
      {different && (
        <Button kind="primary" isDisabled={working} onPress={onImport}>
          {t('accounts.importDo')}
        </Button>
      )}
    </section>
  );
}

interface ListProps<Item> {
  title: string;
  items: readonly Item[];
  children: (item: Item) => ReactNode;
}

function List<Item extends { account: string }>({ title, items, children }: ListProps<Item>) {
  if (items.length === 0) return null;
  return (
    <details open={items.length <= 20}>
      <summary>{title}</summary>
      <ul className="plain-list entries">
        {items.map((item) => (
          <li key={item.account}>{children(item)}</li>
        ))}
      </ul>
    </details>
  );
}

/** The classes as files name them, in the order of the API's. */
const WORDS = ['normal', 'confidential', 'secret', 'topSecret'];

function Change({ change }: { change: ChangeOfPerson }) {
  const { t } = useI18n();
  const clearance: Clearance | undefined = CLEARANCES[WORDS.indexOf(change.clearance ?? '')];
  const signed = ({ added, removed }: { added: string[]; removed: string[] }) =>
    [...added.map((key) => `+ ${key}`), ...removed.map((key) => `− ${key}`)].join(', ');
  const facts = [
    change.name !== undefined && `${t('accounts.name')}: ${change.name}`,
    change.email !== undefined && `${t('accounts.email')}: ${change.email || '–'}`,
    change.active && t('accounts.importActive'),
    clearance && `${t('accounts.clearance')}: ${t(`accounts.clearance.${clearance}`)}`,
    change.groups && `${t('accounts.groups')}: ${signed(change.groups)}`,
    change.roles && `${t('accounts.roles')}: ${signed(change.roles)}`,
  ];
  return (
    <>
      <strong>{change.account}</strong>
      <div className="small">{facts.filter(Boolean).join(' · ')}</div>
    </>
  );
}
