import { useCallback, useState } from 'react';
import { changeRole, ROLES, type Role, type RoleOfAccount } from '../../api/accounts';
import { getLatest } from '../../api/definitions';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';
import type { PartProps } from './PersonPage';

const EVERY = '*';

/** Which roles the person has: given and taken back; a process owner has it for a process, or for all. */
export function Roles({ account, mayChange, reload }: PartProps) {
  const { pick, t } = useI18n();
  const { working, act } = useAct();
  const processes = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const known = (processes.data ?? []).map((each) => ({
    value: each.processDefinitionId,
    label: pick(each.name, each.nameEn) || each.processDefinitionId,
  }));
  const nameOf = ({ role, processDefinitionId: id }: RoleOfAccount) => {
    const name = t(`accounts.role.${role as Role}`);
    if (id === null) return name;
    const process = id === EVERY ? t('accounts.everyProcess') : (known.find(({ value }) => value === id)?.label ?? id);
    return `${name}: ${process}`;
  };
  return (
    <section className="card" aria-labelledby="person-roles">
      <h2 id="person-roles">{t('accounts.hasRoles')}</h2>
      {account.roles.length === 0 && <p className="muted">{t('accounts.noRoles')}</p>}
      <ul className="plain-list" aria-labelledby="person-roles">
        {account.roles.map((grant) => (
          <li key={`${grant.role} ${grant.processDefinitionId}`} className="row given">
            {nameOf(grant)}
            {mayChange && (
              <Button
                small
                isDisabled={working}
                aria-label={`${t('common.remove')}: ${nameOf(grant)}`}
                onPress={() =>
                  void act(async () => {
                    await changeRole(account.username, grant, 'revocation');
                    reload();
                    return t('accounts.revoked');
                  })
                }
              >
                {t('common.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <Give username={account.username} processes={known} reload={reload} />}
    </section>
  );
}

interface GiveProps {
  username: string;
  processes: { value: string; label: string }[];
  reload: () => void;
}

function Give({ username, processes, reload }: GiveProps) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const [role, setRole] = useState<Role>('auditor');
  const [process, setProcess] = useState(EVERY);
  const give = () =>
    act(async () => {
      await changeRole(username, { role, processDefinitionId: role === 'process-owner' ? process : null }, 'grant');
      reload();
      return t('accounts.granted');
    });
  return (
    <div className="give">
      <Choice
        label={t('accounts.role')}
        value={role}
        options={ROLES.map((value) => ({ value, label: t(`accounts.role.${value}`) }))}
        onChange={setRole}
      />
      {role === 'process-owner' && (
        <Choice
          label={t('accounts.ofProcess')}
          value={process}
          options={[{ value: EVERY, label: t('accounts.everyProcess') }, ...processes]}
          onChange={setProcess}
        />
      )}
      <Button isDisabled={working} onPress={() => void give()}>
        {t('accounts.grant')}
      </Button>
    </div>
  );
}
