import { useState } from 'react';
import { changeAccount, CLEARANCES, setClearance, type Clearance } from '../../api/accounts';
import { isStale } from '../../api/problem';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { useAct } from '../../ui/useAct';
import { ActiveBadge } from '../people/PeoplePage';
import type { PartProps } from './PersonPage';

/** What the account is: name, address, state, how it is opened, up to which class it sees. */
export function Facts({ account, mayChange, reload }: PartProps) {
  const { language, t } = useI18n();
  const [editing, setEditing] = useState(false);
  return (
    <section className="card" aria-labelledby="person-facts">
      <h2 id="person-facts">{t('accounts.facts')}</h2>
      <dl className="facts">
        <dt>{t('accounts.username')}</dt>
        <dd>{account.username}</dd>
        <dt>{t('accounts.email')}</dt>
        <dd>{account.email ?? '–'}</dd>
        <dt>{t('accounts.state')}</dt>
        <dd className="row">
          <ActiveBadge active={account.active} />
          {account.lockedUntil && (
            <span className="badge warn">
              {t('accounts.locked', { date: formatMoment(account.lockedUntil, language) })}
            </span>
          )}
        </dd>
        <dt>{t('accounts.openTasks')}</dt>
        <dd>{formatNumber(account.openTasks, language)}</dd>
        {account.issuers.length > 0 && (
          <>
            <dt>{t('accounts.provider')}</dt>
            <dd>{account.issuers.join(', ')}</dd>
          </>
        )}
        {!mayChange && (
          <>
            <dt>{t('accounts.clearance')}</dt>
            <dd>{t(`accounts.clearance.${account.clearance as Clearance}`)}</dd>
          </>
        )}
      </dl>
      {mayChange && <Clear key={account.clearance} account={account} reload={reload} />}
      <Button onPress={() => setEditing(true)}>{t('accounts.edit')}</Button>
      {editing && (
        <EditDialog
          account={account}
          reload={reload}
          onClose={(done) => {
            setEditing(false);
            if (done) reload();
          }}
        />
      )}
    </section>
  );
}

/** Nothing is changed before it is saved: the arrow keys pass over the classes between. */
function Clear({ account, reload }: Pick<PartProps, 'account' | 'reload'>) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const [chosen, setChosen] = useState(account.clearance as Clearance);
  const save = () =>
    act(async () => {
      await setClearance(account, chosen).finally(reload);
      return t('common.saved');
    });
  return (
    <div className="give">
      <Choice
        label={t('accounts.clearance')}
        value={chosen}
        options={CLEARANCES.map((value) => ({ value, label: t(`accounts.clearance.${value}`) }))}
        onChange={setChosen}
      />
      <Button
        isDisabled={working || chosen === account.clearance}
        aria-label={`${t('common.save')}: ${t('accounts.clearance')}`}
        onPress={() => void save()}
      >
        {t('common.save')}
      </Button>
    </div>
  );
}

interface EditProps extends Pick<PartProps, 'account' | 'reload'> {
  onClose: (done: boolean) => void;
}

/** What another one saves meanwhile is shown beside what was typed, and is only replaced by saving again. */
function EditDialog({ account, reload, onClose }: EditProps) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [name, setName] = useState(account.name);
  const [email, setEmail] = useState(account.email ?? '');
  const [opened] = useState(account);
  const now = (value: string | null) => t('accounts.nowIs', { value: value ?? t('accounts.nothing') });

  async function save() {
    if (!name.trim()) return t('common.incomplete');
    try {
      await changeAccount(account, { name: name.trim(), email: email.trim() });
    } catch (error) {
      if (!isStale(error)) throw error;
      reload();
      return t('accounts.changedMeanwhile');
    }
    announce(t('common.saved'));
    return null;
  }

  return (
    <ActionDialog title={t('accounts.edit')} submit={t('common.save')} act={save} onClose={onClose}>
      <TextInput
        label={t('accounts.name')}
        hint={account.name === opened.name ? undefined : now(account.name)}
        value={name}
        onChange={setName}
        maxLength={1024}
        autoComplete="off"
      />
      <TextInput
        label={t('accounts.email')}
        hint={account.email === opened.email ? t('accounts.emailHint') : now(account.email)}
        value={email}
        onChange={setEmail}
        maxLength={256}
        autoComplete="off"
      />
    </ActionDialog>
  );
}
