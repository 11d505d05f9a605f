/** How the service does, line by line; of what is amber or red, what to do about it. Looked at anew every minute. */
import { useCallback } from 'react';
import { Link } from 'react-router-dom';
import { getHealth, type HealthCheck, type Level } from '../../api/health';
import { formatMoment, formatNumber, localDigits } from '../../dates/format';
import { isMessageKey, useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useEvery } from '../../ui/useEvery';
import { useResource } from '../../ui/useResource';
import './health.css';

const EVERY = 60_000;
const TONE: Record<Level, string> = { GOOD: 'good', WARN: 'warn', BAD: 'bad', UNKNOWN: '' };
/** Where in the pages something can be done about it. */
const PLACES: Record<string, string> = {
  incidents: '/incidents',
  jobs: '/jobs',
  operations: '/operations?state=open',
  deadLetters: '/channels',
  webhooks: '/channels',
};

export default function HealthPage() {
  const { language, t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => getHealth(signal), []));
  useEvery(EVERY, true, found.reload);
  const health = found.data;
  return (
    <>
      <PageTitle>{t('health.title')}</PageTitle>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {health && (
        <>
          <div className="row health-head">
            <span className={`badge ${TONE[health.level]}`}>{t(`health.level.${health.level}`)}</span>
            <span className="muted small">
              {t('health.asOf', { date: formatMoment(health.asOf, language, 'exact') })}
            </span>
            <Button small onPress={found.reload}>
              {t('health.again')}
            </Button>
          </div>
          <div className="card">
            <ul className="plain-list entries" aria-label={t('health.title')}>
              {health.checks.map((line) => (
                <li key={line.check}>
                  <Line line={line} />
                </li>
              ))}
            </ul>
          </div>
          <section className="card" aria-labelledby="health-versions">
            <h2 id="health-versions">{t('health.versions')}</h2>
            <dl className="health-versions">
              {(['krabuan', 'python', 'database'] as const).map((what) => (
                <div key={what} className="row">
                  <dt>{t(`health.version.${what}`)}</dt>
                  <dd>{localDigits(health.versions[what], language)}</dd>
                </div>
              ))}
            </dl>
          </section>
        </>
      )}
    </>
  );
}

function Line({ line }: { line: HealthCheck }) {
  const { language, t } = useI18n();
  const { check, level, count, at } = line;
  const name = `health.check.${check}`;
  const told = `health.told.${check}`;
  const mend = `health.mend.${check}`;
  const unknown = `health.unknown.${check}`;
  const place = PLACES[check];
  const poor = level === 'WARN' || level === 'BAD';
  return (
    <>
      <div className="row">
        <span className={`badge ${TONE[level]}`}>{t(`health.line.${level}`)}</span>
        <strong>{isMessageKey(name) ? t(name) : check}</strong>
      </div>
      {level === 'UNKNOWN' ? (
        <div className="muted small">{isMessageKey(unknown) && t(unknown)}</div>
      ) : (
        <div className="small">
          {count !== null && isMessageKey(told) && t(told, { n: formatNumber(count, language) })}
          {at && (
            <span className="muted">
              {count !== null && ' · '}
              {t(count === null ? 'health.at' : 'health.since', { date: formatMoment(at, language, 'exact') })}
            </span>
          )}
        </div>
      )}
      {poor && (
        <div className="health-mend">
          {isMessageKey(mend) && t(mend)} {place && <Link to={place}>{t('health.go')}</Link>}
        </div>
      )}
    </>
  );
}
