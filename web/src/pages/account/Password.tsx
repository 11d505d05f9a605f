import { useState } from 'react';
import { changePassword } from '../../api/account';
import { useMe, useSession } from '../../app/session';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { AskForm } from '../../ui/AskForm';

export function Password() {
  const { t } = useI18n();
  const announce = useAnnounce();
  const { refresh } = useSession();
  const me = useMe();
  const [turn, setTurn] = useState(0); // a form that has done its work is drawn anew, empty

  return (
    <section className="card" aria-labelledby="account-password">
      <h2 id="account-password">{t('account.password')}</h2>
      <AskForm
        key={turn}
        fields={[
          { name: 'current', label: t('account.currentPassword'), type: 'password', autoComplete: 'current-password' },
          {
            name: 'fresh',
            label: t('account.newPassword'),
            hint: t('account.newPasswordHint'),
            type: 'password',
            autoComplete: 'new-password',
          },
          { name: 'again', label: t('account.repeatPassword'), type: 'password', autoComplete: 'new-password' },
        ]}
        submit={t('account.changePassword')}
        check={({ fresh, again }): Record<string, string> =>
          fresh === again ? {} : { again: t('account.notTheSame') }
        }
        action={async ({ current = '', fresh = '' }) => {
          await changePassword(current, fresh);
          announce(t('account.passwordChanged'));
          setTurn((n) => n + 1);
          if (me.passwordChangeRequired) await refresh();
        }}
      />
    </section>
  );
}
