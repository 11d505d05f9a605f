/** Keys by which programs act as oneself: made, shown once, revoked. */
import { useCallback, useState } from 'react';
import { makeToken, revokeToken, tokensOf } from '../../api/account';
import { problemText } from '../../api/problem';
import type { ApiToken } from '../../api/types';
import { now } from '../../dates/clock';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { AskForm } from '../../ui/AskForm';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { daysOf } from './days';

const DAY = 86_400_000;

export function Tokens({ username }: { username: string }) {
  const { t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => tokensOf(username, signal), [username]));
  const [made, setMade] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);

  return (
    <section className="card" aria-labelledby="account-tokens">
      <h2 id="account-tokens">{t('account.tokens')}</h2>
      <p className="muted">{t('account.tokensWhat')}</p>
      {made !== null && (
        <div className="notice" role="status">
          <p>{t('account.tokenMade')}</p>
          <p>
            <code className="shown-once">{made}</code>
          </p>
          <Button onPress={() => setMade(null)}>{t('account.close')}</Button>
        </div>
      )}
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t('account.noTokens')}</p>}
      {found.data && found.data.length > 0 && <List tokens={found.data} reload={found.reload} />}
      <AskForm
        key={turn}
        primary={false}
        fields={[
          { name: 'name', label: t('account.tokenName') },
          { name: 'days', label: t('account.tokenDays'), defaultValue: '90' },
        ]}
        submit={t('account.makeToken')}
        check={({ days = '' }): Record<string, string> =>
          daysOf(days) === null ? { days: t('account.tokenDaysWrong') } : {}
        }
        action={async ({ name = '', days = '' }) => {
          const expires = new Date(now() + (daysOf(days) ?? 1) * DAY).toISOString();
          setMade((await makeToken(name.trim(), expires)).token);
          setTurn((n) => n + 1);
          found.reload();
        }}
      />
    </section>
  );
}

function List({ tokens, reload }: { tokens: ApiToken[]; reload: () => void }) {
  const { t } = useI18n();
  return (
    <table className="account-table" aria-labelledby="account-tokens">
      <thead>
        <tr>
          <th scope="col">{t('account.tokenName')}</th>
          <th scope="col">{t('account.until')}</th>
          <th scope="col">{t('account.tokenState')}</th>
          <th scope="col">{t('account.action')}</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <Row key={token.tokenId} token={token} reload={reload} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ token, reload }: { token: ApiToken; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const over = token.expiresAt !== null && Date.parse(token.expiresAt) <= now();
  const state = token.revokedAt !== null ? 'revoked' : over ? 'expired' : 'valid';

  async function revoke() {
    try {
      await revokeToken(token.tokenId);
      announce(t('account.tokenRevoked'));
      reload();
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }

  return (
    <tr>
      <td>{token.name}</td>
      <td>{token.expiresAt === null ? t('account.noEnd') : formatMoment(token.expiresAt, language)}</td>
      <td>
        <span className={state === 'valid' ? 'badge good' : 'badge'}>{t(`account.${state}`)}</span>
      </td>
      <td>
        {state === 'valid' && (
          <Button small aria-label={`${t('account.revoke')}: ${token.name}`} onPress={() => void revoke()}>
            {t('account.revoke')}
          </Button>
        )}
      </td>
    </tr>
  );
}
