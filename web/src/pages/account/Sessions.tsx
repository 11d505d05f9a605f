/** Where one is signed in; each can be ended, or all but this one. */
import { useCallback } from 'react';
import { endOtherSessions, endSession, sessionsOf } from '../../api/account';
import { problemText } from '../../api/problem';
import type { SignInSession } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { deviceOf } from './devices';

export function Sessions({ username }: { username: string }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const found = useResource(useCallback((signal: AbortSignal) => sessionsOf(username, signal), [username]));

  async function end(what: () => Promise<void>) {
    try {
      await what();
      announce(t('account.sessionsEnded'));
      found.reload();
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }

  return (
    <section className="card" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t('account.sessions')}</h2>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p className="muted">{t('account.noSessions')}</p>}
      {found.data && found.data.length > 0 && (
        <table className="account-table" aria-labelledby="account-sessions">
          <thead>
            <tr>
              <th scope="col">{t('account.device')}</th>
              <th scope="col">{t('account.since')}</th>
              <th scope="col">{t('account.action')}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((session) => (
              <Row key={session.sessionId} session={session} end={end} />
            ))}
          </tbody>
        </table>
      )}
      {found.data?.some((session) => !session.current) && (
        <Button onPress={() => void end(() => endOtherSessions(username))}>{t('account.endOthers')}</Button>
      )}
    </section>
  );
}

function Row({ session, end }: { session: SignInSession; end: (what: () => Promise<void>) => Promise<void> }) {
  const { language, t } = useI18n();
  const device = deviceOf(session.agent);
  const name = device ? t('account.deviceName', device) : t('account.unknownDevice');
  const since = formatMoment(session.madeAt, language);
  return (
    <tr>
      <td>{name}</td>
      <td>{since}</td>
      <td>
        {session.current ? (
          <span className="badge good">{t('account.thisDevice')}</span>
        ) : (
          <Button
            small
            aria-label={`${t('account.endSession')}: ${name} ${since}`}
            onPress={() => void end(() => endSession(session.sessionId))}
          >
            {t('account.endSession')}
          </Button>
        )}
      </td>
    </tr>
  );
}
