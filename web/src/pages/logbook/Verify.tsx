import { useState } from 'react';
import { verifyLog, type LogVerification } from '../../api/logbook';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';

/** Verifies the chain of the service's own events, and says in plain words what was found. */
export function Verify() {
  const { t } = useI18n();
  const [found, setFound] = useState<LogVerification | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);

  async function verify() {
    setWorking(true);
    setError(null);
    try {
      setFound(await verifyLog());
    } catch (problem) {
      setFound(null);
      setError(problem);
    }
    setWorking(false);
  }

  return (
    <section className="card" aria-label={t('logbook.verify')}>
      <div className="row">
        <Button isDisabled={working} onPress={() => void verify()}>
          {t(working ? 'logbook.verifying' : 'logbook.verify')}
        </Button>
        <span className="muted small">{t('logbook.casesToo')}</span>
      </div>
      <div role="status">
        {found?.valid && <p className="notice log-verdict">{t('logbook.good', { n: found.events })}</p>}
        {found && !found.valid && (
          <p className="notice danger log-verdict">{t('logbook.bad', { n: found.firstBadSequence ?? 0 })}</p>
        )}
      </div>
      {error !== null && <Failure error={error} />}
    </section>
  );
}
