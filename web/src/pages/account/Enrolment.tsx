/** Password, then the secret as a picture and as text, then a code of the app that took it. */
import { useState } from 'react';
import { beginSecondFactor, confirmSecondFactor } from '../../api/account';
import type { NewSecret } from '../../api/types';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { AskForm } from '../../ui/AskForm';

interface Props {
  onDone: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

export function Enrolment({ onDone, onCancel }: Props) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [secret, setSecret] = useState<NewSecret | null>(null);

  if (secret === null) {
    return (
      <AskForm
        fields={[
          { name: 'password', label: t('account.currentPassword'), type: 'password', autoComplete: 'current-password' },
        ]}
        submit={t('account.next')}
        onCancel={onCancel}
        action={async ({ password = '' }) => setSecret(await beginSecondFactor(password))}
      />
    );
  }
  return (
    <>
      <p>{t('account.scan')}</p>
      <img className="qr-code" src={secret.qrCode} alt={t('account.qr')} width="240" height="240" />
      <p>
        {t('account.secret')}: <code className="shown-once">{inGroups(secret.secret)}</code>
      </p>
      <AskForm
        // another form than that before: nothing that was typed stays
        key="code"
        fields={[{ name: 'code', label: t('account.code'), autoComplete: 'one-time-code' }]}
        submit={t('account.confirm')}
        onCancel={onCancel}
        action={async ({ code = '' }) => {
          const codes = await confirmSecondFactor(code);
          announce(t('account.factorDone'));
          onDone(codes);
        }}
      />
    </>
  );
}

/** Groups of four are read without losing one's place; apps take the spaces. */
function inGroups(text: string): string {
  return text.match(/.{1,4}/g)?.join(' ') ?? text;
}
