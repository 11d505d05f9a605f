/** The code from the telephone: switched on in three steps, its recovery codes, and switched off. */
import { useState } from 'react';
import { removeSecondFactor, renewRecoveryCodes, secondFactor } from '../../api/account';
import type { SecondFactor as State } from '../../api/types';
import { useSession } from '../../app/session';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { AskForm } from '../../ui/AskForm';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { Enrolment } from './Enrolment';
import { RecoveryCodes } from './RecoveryCodes';

export function SecondFactor() {
  const { t } = useI18n();
  const { refresh } = useSession();
  const found = useResource(secondFactor);
  const [codes, setCodes] = useState<string[] | null>(null);

  return (
    <section className="card" aria-labelledby="account-factor">
      <h2 id="account-factor">{t('account.factor')}</h2>
      <p className="muted">{t('account.factorWhat')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {codes && (
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(null);
            void refresh(); // only now: the page may change when the second factor was all that was missing
          }}
        />
      )}
      {!codes && found.data && <Present state={found.data} reload={found.reload} onCodes={setCodes} />}
    </section>
  );
}

interface Props {
  state: State;
  reload: () => void;
  onCodes: (codes: string[]) => void;
}

function Present({ state, reload, onCodes }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [doing, setDoing] = useState<'enrol' | 'renew' | 'remove' | null>(null);
  const stop = () => setDoing(null);
  const taken = (codes: string[]) => {
    onCodes(codes);
    reload();
  };
  const fields = [
    {
      name: 'password',
      label: t('account.currentPassword'),
      type: 'password' as const,
      autoComplete: 'current-password',
    },
    { name: 'code', label: t('account.codeOrRecovery'), autoComplete: 'one-time-code' },
  ];

  if (state.state !== 'on') {
    if (doing === 'enrol') return <Enrolment onDone={taken} onCancel={stop} />;
    return (
      <div className="row">
        <span className="badge">{t('account.factorOff')}</span>
        <Button kind="primary" onPress={() => setDoing('enrol')}>
          {t('account.enrol')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <p className="row">
        <span className="badge good">
          {t('account.factorOn', { date: formatMoment(state.since ?? '', language, 'date') })}
        </span>
        <span>{t('account.codesLeft', { n: state.recoveryCodesLeft })}</span>
      </p>
      {doing === null && (
        <div className="row">
          <Button onPress={() => setDoing('renew')}>{t('account.renew')}</Button>
          <Button onPress={() => setDoing('remove')}>{t('account.remove')}</Button>
        </div>
      )}
      {doing === 'renew' && (
        <>
          <p>{t('account.renewWhat')}</p>
          <AskForm
            fields={fields}
            submit={t('account.renew')}
            onCancel={stop}
            action={async ({ password = '', code = '' }) => taken(await renewRecoveryCodes(password, code))}
          />
        </>
      )}
      {doing === 'remove' && (
        <AskForm
          fields={fields}
          submit={t('account.remove')}
          onCancel={stop}
          action={async ({ password = '', code = '' }) => {
            await removeSecondFactor(password, code);
            announce(t('account.removed'));
            stop();
            reload();
          }}
        />
      )}
    </>
  );
}
