import type { Account } from '../../api/accounts';
import { isMessageKey, useI18n, type MessageKey } from '../../i18n';

/** What the account may do, each with the reasons that give it. */
export function Permissions({ account }: { account: Account }) {
  const { t } = useI18n();
  const because = ({ kind, name }: { kind: string; name: string }) => {
    if (kind === 'relation') return t(`accounts.why.${name}` as MessageKey);
    if (kind === 'role') return t('accounts.why.role', { name: t(`accounts.role.${name}` as MessageKey) });
    return t('accounts.why.process', { name: name === '*' ? t('accounts.everyProcess') : name });
  };
  return (
    <section className="card" aria-labelledby="person-may">
      <h2 id="person-may">{t('accounts.may')}</h2>
      <p className="muted">{t('accounts.mayHint')}</p>
      <details>
        <summary>{t('accounts.mayAll', { n: account.permissions.length })}</summary>
        <table className="account-table" aria-labelledby="person-may">
          <thead>
            <tr>
              <th scope="col">{t('accounts.mayWhat')}</th>
              <th scope="col">{t('accounts.mayWhy')}</th>
            </tr>
          </thead>
          <tbody>
            {account.permissions.map(({ permission, reasons }) => (
              <tr key={permission}>
                <td>
                  <PermissionName permission={permission} />
                </td>
                <td>{reasons.map(because).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** A permission in words, with the name by which keys of programs are limited to it. */
export function PermissionName({ permission }: { permission: string }) {
  const { t } = useI18n();
  const key = `permission.${permission}`;
  return (
    <>
      {isMessageKey(key) ? t(key) : permission} <code className="muted small permission-name">{permission}</code>
    </>
  );
}
