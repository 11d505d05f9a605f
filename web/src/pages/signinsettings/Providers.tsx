import type { ClaimMeaning, ProviderSettings } from '../../api/signInSettings';
import { useI18n } from '../../i18n';
import { Part } from './SignInSettingsPage';

/** The identity providers, each with what its claims mean here. */
export function Providers({ providers }: { providers: readonly ProviderSettings[] }) {
  const { t } = useI18n();
  return (
    <Part
      id="providers"
      title={t('signInSettings.providers')}
      setting="providers"
      docs="docs/how-to/sign-in-elsewhere.md"
    >
      {providers.length === 0 && <p>{t('signInSettings.noProviders')}</p>}
      {providers.map((provider) => (
        <Provider key={provider.id} provider={provider} />
      ))}
    </Part>
  );
}

function Provider({ provider }: { provider: ProviderSettings }) {
  const { pick, t } = useI18n();
  return (
    <>
      <h3>{pick(provider.th, provider.en)}</h3>
      <dl className="facts">
        <dt>{t('signInSettings.issuer')}</dt>
        <dd>{provider.issuer}</dd>
        <dt>{t('signInSettings.clientId')}</dt>
        <dd>{provider.clientId}</dd>
        <dt>{t('signInSettings.username')}</dt>
        <dd>
          <code>{provider.username}</code>
        </dd>
        <dt>{t('signInSettings.adopts')}</dt>
        <dd>{t(provider.adopts ? 'common.yes' : 'common.no')}</dd>
        <dt>{t('signInSettings.groups', { claim: provider.groupsClaim })}</dt>
        <dd>
          <Meanings meanings={provider.groups} />
        </dd>
        <dt>{t('signInSettings.rolesFrom', { claim: provider.rolesClaim })}</dt>
        <dd>
          <Meanings meanings={provider.roles} />
        </dd>
      </dl>
    </>
  );
}

function Meanings({ meanings }: { meanings: readonly ClaimMeaning[] }) {
  const { t } = useI18n();
  if (meanings.length === 0) return t('signInSettings.nothing');
  return (
    <ul className="plain-list">
      {meanings.map(({ value, gives }) => (
        <li key={value}>{t('signInSettings.gives', { value, gives: gives.join(', ') })}</li>
      ))}
    </ul>
  );
}
