/** How people sign in here: passwords, second factors, sessions, providers; as configured, with the names of the settings. */
import type { ReactNode } from 'react';
import { signInSettings, type SignInSettings } from '../../api/signInSettings';
import { lengthText } from '../../dates/lengths';
import { useI18n, type MessageKey } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Providers } from './Providers';

export default function SignInSettingsPage() {
  const { t } = useI18n();
  const found = useResource(signInSettings);
  return (
    <>
      <PageTitle>{t('signInSettings.title')}</PageTitle>
      <p className="muted">{t('signInSettings.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <>
          <Providers providers={found.data.providers} />
          <SecondFactor rules={found.data.secondFactor} />
          <Passwords rules={found.data.passwords} />
          <Lengths lengths={found.data.sessions} />
        </>
      )}
    </>
  );
}

interface PartProps {
  id: string;
  title: string;
  /** The name of the setting; what has none is part of the service. */
  setting?: string;
  /** The page of the documentation that says more. */
  docs: string;
  children: ReactNode;
}

/** One kind of settings, with where it is set and where it is explained. */
export function Part({ id, title, setting, docs, children }: PartProps) {
  const { t } = useI18n();
  return (
    <section className="card" aria-labelledby={`sign-in-${id}`}>
      <h2 id={`sign-in-${id}`}>{title}</h2>
      {children}
      <p className="muted small">
        {setting ? (
          <>
            {t('signInSettings.setIn')}: <code>identity.yaml</code> (<code>KRABUAN_IDENTITY</code>),{' '}
            <code>{setting}</code>
          </>
        ) : (
          t('signInSettings.fixed')
        )}
        {' · '}
        {t('signInSettings.docs')}: <code>{docs}</code>
      </p>
    </section>
  );
}

/** Seconds in words. */
function useSpan(): (seconds: number) => string {
  const { language, t } = useI18n();
  return (seconds) => {
    const minutes = Math.round(seconds / 60);
    const days = minutes / (24 * 60);
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    const clock = `PT${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
    return lengthText(Number.isInteger(days) ? `P${days}D` : clock, null, language, t);
  };
}

function SecondFactor({ rules }: { rules: SignInSettings['secondFactor'] }) {
  const { t } = useI18n();
  const roles = rules.roles.map((role) => t(`accounts.role.${role}` as MessageKey)).join(', ');
  return (
    <Part id="factor" title={t('signInSettings.factor')} setting="secondFactor" docs="docs/how-to/second-factor.md">
      <p>{roles ? t('signInSettings.factorFor', { roles }) : t('signInSettings.factorNone')}</p>
      <p>{t('signInSettings.factorOn', { n: rules.accounts })}</p>
      {rules.roles.length > 0 && (
        <p className={rules.missing > 0 ? 'notice warn' : undefined}>
          {t('signInSettings.factorMissing', { n: rules.missing })}
        </p>
      )}
    </Part>
  );
}

function Passwords({ rules }: { rules: SignInSettings['passwords'] }) {
  const { t } = useI18n();
  const span = useSpan();
  return (
    <Part id="passwords" title={t('signInSettings.passwords')} docs="docs/how-to/manage-people.md">
      <ul>
        <li>{t('signInSettings.shortest', { n: rules.shortest, most: rules.longest })}</li>
        <li>{t('signInSettings.strength')}</li>
        <li>{t('signInSettings.oneTime', { span: span(rules.oneTimeSeconds) })}</li>
        <li>{t('signInSettings.lock', { n: rules.freeFailures, span: span(rules.longestLockSeconds) })}</li>
      </ul>
    </Part>
  );
}

function Lengths({ lengths }: { lengths: SignInSettings['sessions'] }) {
  const { t } = useI18n();
  const span = useSpan();
  return (
    <Part id="sessions" title={t('signInSettings.sessions')} docs="docs/how-to/run-for-an-office.md">
      <dl className="facts">
        <dt>{t('signInSettings.longest')}</dt>
        <dd>{span(lengths.longestSeconds)}</dd>
        <dt>{t('signInSettings.idle')}</dt>
        <dd>{span(lengths.idleSeconds)}</dd>
        <dt>{t('signInSettings.code')}</dt>
        <dd>{span(lengths.codeSeconds)}</dd>
        <dt>{t('signInSettings.client')}</dt>
        <dd>{span(lengths.clientTokenSeconds)}</dd>
      </dl>
    </Part>
  );
}
