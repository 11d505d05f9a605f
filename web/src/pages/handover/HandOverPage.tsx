/** Hands over what somebody who leaves has claimed. */
import { useCallback, useState } from 'react';
import { Form } from 'react-aria-components';
import { Link } from 'react-router-dom';
import { countClaimed, handOver } from '../../api/handover';
import { problemText } from '../../api/problem';
import type { HandedOver } from '../../api/types';
import { useI18n } from '../../i18n';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';

const SHORTEST = 5;

export default function HandOverPage() {
  const { language, t } = useI18n();
  const [leaver, setLeaver] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const [outcome, setOutcome] = useState<HandedOver | null>(null);

  async function submit() {
    const short = reason.trim().length < SHORTEST;
    if (!leaver || short) {
      setError(t(leaver ? 'reason.required' : 'handover.incomplete'));
      return;
    }
    setWorking(true);
    setError(null);
    try {
      setOutcome(await handOver(leaver, to, reason.trim()));
    } catch (problem) {
      setError(problemText(problem, language, t));
    } finally {
      setWorking(false);
    }
  }

  return (
    <>
      <PageTitle>{t('handover.title')}</PageTitle>
      <section className="card">
        <p>{t('handover.hint')}</p>
        <Form
          className="narrow-form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <PeoplePicker label={t('handover.leaver')} chosen={leaver} onChoose={setLeaver} />
          {leaver && <Claimed key={`${leaver}/${outcome?.handedOver ?? 0}`} username={leaver} />}
          <PeoplePicker label={t('handover.to')} hint={t('handover.toHint')} chosen={to} onChoose={setTo} />
          <TextInput label={t('reason.label')} multiline value={reason} onChange={setReason} maxLength={4000} />
          {error && (
            <p className="notice danger" role="alert">
              {error}
            </p>
          )}
          <Button kind="primary" type="submit" isDisabled={working}>
            {t('handover.submit')}
          </Button>
        </Form>
      </section>
      <div role="status">{outcome && <Outcome outcome={outcome} />}</div>
    </>
  );
}

function Claimed({ username }: { username: string }) {
  const { t } = useI18n();
  const { data } = useResource(useCallback((signal: AbortSignal) => countClaimed(username, signal), [username]));
  return data === undefined ? null : <p className="notice">{t('handover.open', { n: data })}</p>;
}

function Outcome({ outcome }: { outcome: HandedOver }) {
  const { pick, t } = useI18n();
  return (
    <section className="card">
      <p>
        <strong>{t('handover.done', { n: outcome.handedOver })}</strong>
      </p>
      {outcome.hasMore && <p>{t('handover.more')}</p>}
      {outcome.refused.length > 0 && (
        <>
          <h2>{t('handover.refused')}</h2>
          <ul>
            {outcome.refused.map((refused) => (
              <li key={refused.userTaskKey}>
                <Link to={`/tasks/${refused.userTaskKey}`}>{t('intervention.openTask')}</Link>:{' '}
                {pick(refused.th, refused.en)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
