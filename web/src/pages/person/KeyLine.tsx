import { revokeToken } from '../../api/account';
import { revokeClient } from '../../api/accounts';
import { now } from '../../dates/clock';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { useAct } from '../../ui/useAct';

export interface Key {
  id: string;
  kind: 'token' | 'client';
  name: string;
  permissions: string[] | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** A token or a client: what it is for, whether it is still valid, and a way to revoke it. */
export function KeyLine({ item, reload }: { item: Key; reload: () => void }) {
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
