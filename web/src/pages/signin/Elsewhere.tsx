/** Signing in with an identity provider: a link for each, and what is told when one sends the browser back in vain. */
import { useEffect, useState } from 'react';
import { identityProviders } from '../../api/session';
import { isMessageKey, useI18n } from '../../i18n';
import { useResource } from '../../ui/useResource';

/** Nothing is drawn where there is no provider, or while nobody knows: signing in by password works all the same. */
export function Elsewhere() {
  const { language, t } = useI18n();
  const { data: providers = [] } = useResource(identityProviders);
  if (providers.length === 0) return null;
  return (
    <nav className="elsewhere" aria-label={t('signin.elsewhere')}>
      <p>{t('signin.elsewhere')}</p>
      {providers.map((provider) => (
        // a plain link: the server sends the browser on to the provider
        <a key={provider.id} className="button normal" href={`/v2/session/providers/${provider.id}`}>
          {provider[language]}
        </a>
      ))}
    </nav>
  );
}

const PARAMETER = 'signInProblem';

/** The problem that the server names in the address after a sign-in elsewhere; the address forgets it at once. */
export function useToldProblem(): string | null {
  const { t } = useI18n();
  const [code] = useState(() => new URLSearchParams(location.search).get(PARAMETER));
  useEffect(() => {
    const url = new URL(location.href);
    if (!url.searchParams.has(PARAMETER)) return;
    url.searchParams.delete(PARAMETER);
    history.replaceState(history.state, '', url);
  }, []);
  if (code === null) return null;
  const key = `problem.${code}`;
  return isMessageKey(key) ? t(key) : t('problem.unexpected');
}
