/** The tokens and clients of an account, each of which can be revoked. */
import { useCallback } from 'react';
import { clientsOf, revokeClient } from '../../api/accounts';
import { revokeToken, tokensOf } from '../../api/account';
import { now } from '../../dates/clock';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';

interface Key {
  id: string;
  kind: 'token' | 'client';
  name: string;
  permissions: string[] | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

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
            <Line item={key} reload={found.reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ item, reload }: { item: Key; reload: () => void }) {
  const { language, t } = useI18n();
  const { working, act } = useAct();
  const over = item.expiresAt !== null && Date.parse(item.expiresAt) <= now();
  const state = item.revokedAt !== null ? 'revoked' : over ? 'expired' : 'valid';
  const revoke = () =>
    act(async () => {
      await (item.kind === 'token' ? revokeToken(item.id) : revokeClient(item.id));
      reload();
      return t('account.tokenRevoked');
    });
  return (
    <>
      <div className="row">
        <span className="badge">{t(`accounts.${item.kind}`)}</span>
        <strong>{item.name}</strong>
        <span className={state === 'valid' ? 'badge good' : 'badge'}>{t(`account.${state}`)}</span>
        {item.expiresAt && (
          <span className="muted small">
            {t('account.until')} {formatMoment(item.expiresAt, language)}
          </span>
        )}
      </div>
      <div className="muted small">
        {item.permissions ? `${t('accounts.keysFor')}: ${item.permissions.join(', ')}` : t('accounts.keysForAll')}
      </div>
      {state === 'valid' && (
        <Button
          small
          isDisabled={working}
          aria-label={`${t('account.revoke')}: ${item.name}`}
          onPress={() => void revoke()}
        >
          {t('account.revoke')}
        </Button>
      )}
    </>
  );
}
