/** What could not be delivered: sent again, or given up, each with a reason. */
import { useCallback, useState } from 'react';
import { Link } from 'react-router-dom';
import { deadLetters, dropLetter, retryLetter } from '../../api/notifying';
import type { DeadLetter } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useTopicName } from '../../parts/Topics';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Person } from '../../ui/Person';
import { useResource } from '../../ui/useResource';

const PAGE = 50;

export function DeadLetters({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const [limit, setLimit] = useState(PAGE);
  const found = useResource(useCallback((signal: AbortSignal) => deadLetters(limit, signal), [limit]));
  return (
    <section className="card" aria-labelledby="dead-letters">
      <h2 id="dead-letters">{t('letters.title')}</h2>
      <p className="muted">{t('letters.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.items.length === 0 && <p>{t('letters.none')}</p>}
      <ul className="plain-list entries" aria-labelledby="dead-letters">
        {found.data?.items.map((letter) => (
          <li key={letter.deliveryKey}>
            <Letter letter={letter} mayChange={mayChange} reload={found.reload} />
          </li>
        ))}
      </ul>
      {found.data && found.data.items.length >= limit && (
        <Button onPress={() => setLimit(limit + PAGE)}>{t('common.more')}</Button>
      )}
    </section>
  );
}

interface Props {
  letter: DeadLetter;
  mayChange: boolean;
  reload: () => void;
}

function Letter({ letter, mayChange, reload }: Props) {
  const { language, t } = useI18n();
  const nameOf = useTopicName();
  const announce = useAnnounce();
  const [asking, setAsking] = useState<'retry' | 'drop' | null>(null);
  const { deliveryKey, channel, username, topic, createdAt, attempts, errorMessage, processInstanceKey } = letter;
  const act = { retry: retryLetter, drop: dropLetter };
  return (
    <>
      <div className="row">
        <span className="badge bad">{channel}</span>
        <strong>{nameOf(topic)}</strong>
        {username && <Person username={username} />}
        {processInstanceKey && (
          <Link to={`/cases/${processInstanceKey}`}>{t('inbox.case', { id: processInstanceKey })}</Link>
        )}
      </div>
      <div className="small">{errorMessage}</div>
      <div className="muted small">
        {formatMoment(createdAt, language)}
        {attempts > 0 && ` · ${t('letters.attempts', { n: attempts })}`}
      </div>
      {mayChange && (
        <div className="row">
          {(['retry', 'drop'] as const).map((what) => (
            <Button
              key={what}
              small
              aria-label={`${t(`letters.${what}`)}: ${channel} ${deliveryKey}`}
              onPress={() => setAsking(what)}
            >
              {t(`letters.${what}`)}
            </Button>
          ))}
        </div>
      )}
      {asking && (
        <ReasonDialog
          title={t(`letters.${asking}`)}
          hint={t(`letters.${asking}Hint`)}
          action={t(`letters.${asking}`)}
          onSubmit={async (reason) => {
            await act[asking](deliveryKey, reason);
            announce(t(`letters.${asking}Done`));
            reload();
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
