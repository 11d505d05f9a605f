/** The tokens and clients of an account, each of which can be revoked. */
import { useCallback } from 'react';
import { clientsOf } from '../../api/accounts';
import { tokensOf } from '../../api/account';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { KeyLine, type Key } from './KeyLine';

async function keysOf(username: string, signal: AbortSignal): Promise<Key[]> {
  const [tokens, clients] = await Promise.all([tokensOf(username, signal), clientsOf(username, signal)]);
  return [
    ...tokens.map(({ tokenId, ...token }) => ({ id: tokenId, kind: 'token' as const, ...token })),
    ...clients.map(({ clientId, ...client }) => ({ id: clientId, kind: 'client' as const, ...client })),
  ];
}

export function Keys({ username }: { username: string }) {
  const { t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => keysOf(username, signal), [username]));
  return (
    <section className="card" aria-labelledby="person-keys">
      <h2 id="person-keys">{t('accounts.keys')}</h2>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p className="muted">{t('accounts.noKeys')}</p>}
      <ul className="plain-list entries" aria-labelledby="person-keys">
        {found.data?.map((key) => (
          <li key={key.id}>
            <KeyLine item={key} reload={found.reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}
