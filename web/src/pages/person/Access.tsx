import { useState } from 'react';
import { makeOneTimePassword, resetSecondFactor } from '../../api/accounts';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Secret } from '../../ui/Secret';
import type { PartProps } from './PersonPage';

/** How the account is opened: the password and the second factor, each renewed for somebody who lost it. */
export function Access({ account, mayChange, reload }: PartProps) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState<'makeOneTime' | 'resetFactor' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const { username, name, oneTimeUntil, hasPassword, hasSecondFactor } = account;
  const password = oneTimeUntil
    ? t('accounts.passwordOnce', { date: formatMoment(oneTimeUntil, language) })
    : t(hasPassword ? 'accounts.passwordSet' : 'accounts.passwordNone');

  async function go() {
    if (asking === 'makeOneTime') setSecret(await makeOneTimePassword(username));
    else {
      await resetSecondFactor(username);
      announce(t('accounts.factorReset'));
    }
    return null;
  }

  return (
    <section className="card" aria-labelledby="person-access">
      <h2 id="person-access">{t('accounts.access')}</h2>
      {secret !== null && (
        <Secret
          title={t('accounts.oneTime', { name })}
          hint={t('accounts.oneTimeHint')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
      <dl className="facts">
        <dt>{t('accounts.password')}</dt>
        <dd>{password}</dd>
        <dt>{t('accounts.factor')}</dt>
        <dd>{t(hasSecondFactor ? 'accounts.factorOn' : 'accounts.factorOff')}</dd>
      </dl>
      {mayChange && (
        <div className="row">
          <Button onPress={() => setAsking('makeOneTime')}>{t('accounts.makeOneTime')}</Button>
          {hasSecondFactor && <Button onPress={() => setAsking('resetFactor')}>{t('accounts.resetFactor')}</Button>}
        </div>
      )}
      {asking && (
        <ActionDialog
          title={t(`accounts.${asking}`)}
          submit={t(`accounts.${asking}`)}
          act={go}
          onClose={(done) => {
            setAsking(null);
            if (done) reload();
          }}
        >
          <p>{t(`accounts.${asking}Hint`)}</p>
        </ActionDialog>
      )}
    </section>
  );
}
