import { useState } from 'react';
import { Link } from 'react-router-dom';
import { changeMembership } from '../../api/accounts';
import { allGroups } from '../../api/directory';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';
import type { PartProps } from './PersonPage';

/** Where the person belongs: taken into a group, taken out of it. */
export function Groups({ account, mayChange, reload }: PartProps) {
  const { pick, t } = useI18n();
  const { working, act } = useAct();
  const { username } = account;
  return (
    <section className="card" aria-labelledby="person-groups">
      <h2 id="person-groups">{t('accounts.memberOf')}</h2>
      {account.groups.length === 0 && <p className="muted">{t('accounts.noGroups')}</p>}
      <ul className="plain-list" aria-labelledby="person-groups">
        {account.groups.map(({ groupId, name, nameEn, kind }) => (
          <li key={groupId} className="row given">
            <span>
              <Link to={`/people/groups/${encodeURIComponent(groupId)}`}>{pick(name, nameEn)}</Link>{' '}
              <span className="muted small">{t(`accounts.kind.${kind as 'unit'}`)}</span>
            </span>
            {mayChange && (
              <Button
                small
                isDisabled={working}
                aria-label={`${t('common.remove')}: ${pick(name, nameEn)}`}
                onPress={() =>
                  void act(async () => {
                    await changeMembership(username, groupId, 'DELETE');
                    reload();
                    return t('accounts.left');
                  })
                }
              >
                {t('common.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <Join account={account} reload={reload} />}
    </section>
  );
}

function Join({ account, reload }: Pick<PartProps, 'account' | 'reload'>) {
  const { pick, t } = useI18n();
  const { working, act } = useAct();
  const groups = useResource(allGroups);
  const [chosen, setChosen] = useState('');
  const member = new Set(account.groups.map(({ groupId }) => groupId));
  const open = (groups.data ?? []).filter(({ groupId }) => !member.has(groupId));
  const join = () =>
    act(async () => {
      await changeMembership(account.username, chosen, 'PUT');
      setChosen('');
      reload();
      return t('accounts.joined');
    });
  return (
    <div className="give">
      <Choice
        label={t('accounts.join')}
        value={chosen}
        options={[
          { value: '', label: t('absence.choose') },
          ...open.map(({ groupId, name, nameEn }) => ({ value: groupId, label: pick(name, nameEn) })),
        ]}
        onChange={setChosen}
      />
      <Button isDisabled={working || chosen === ''} onPress={() => void join()}>
        {t('accounts.join')}
      </Button>
    </div>
  );
}
