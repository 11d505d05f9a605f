/** What the owner of a process does to a case by hand: cancel it, set a timer anew, try again what failed. */
import { useCallback, useState } from 'react';
import { Link } from 'react-router-dom';
import { useLive } from '../../api/events';
import { intervene, openIncidents, pendingOfCase, runningTimers, type Outcome } from '../../api/interventions';
import type { Incident, ProcessInstance, WaitingTimer } from '../../api/types';
import { mayDraft, useMe } from '../../app/session';
import { formatMoment } from '../../dates/format';
import { nameOf, type Names } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { Interventions } from '../../parts/Interventions';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { useResource } from '../../ui/useResource';
import { DueTimeDialog } from './DueTimeDialog';

interface Props {
  item: ProcessInstance;
  names: Names;
}

export function Manage({ item, names }: Props) {
  const { t } = useI18n();
  const me = useMe();
  const key = item.processInstanceKey;
  const { data, error, reload } = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const parts = [pendingOfCase(key, signal), runningTimers(key, signal), openIncidents(key, signal)] as const;
        const [pending, timers, incidents] = await Promise.all(parts);
        return { pending, timers, incidents };
      },
      [key],
    ),
  );
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === key, reload);
  if (error) return <Failure error={error} retry={reload} />;
  if (!data) return null;
  return (
    <section className="card" aria-labelledby="manage-title">
      <h2 id="manage-title">{t('manage.title')}</h2>
      {data.pending.length > 0 && (
        <>
          <h3>{t('manage.pending')}</h3>
          <Interventions ofCase items={data.pending} reload={reload} />
        </>
      )}
      {data.timers.length > 0 && <Timers timers={data.timers} names={names} reload={reload} />}
      {data.incidents.length > 0 && <Incidents incidents={data.incidents} names={names} reload={reload} />}
      {item.state === 'ACTIVE' && mayDraft(me, item.processDefinitionId) && (
        <p>
          <Link to={`/cases/${key}/modification`}>{t('modification.title')}</Link>
        </p>
      )}
      {item.state !== 'COMPLETED' && item.state !== 'TERMINATED' && <Cancel instance={key} reload={reload} />}
    </section>
  );
}

/** Says whether it was done, or waits for approval now. */
function useTold() {
  const { t } = useI18n();
  const announce = useAnnounce();
  return (outcome: Outcome) => announce(t(outcome === 'done' ? 'intervention.done' : 'intervention.sent'));
}

function Cancel({ instance, reload }: { instance: string; reload: () => void }) {
  const { t } = useI18n();
  const tell = useTold();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('manage.cancel')}</Button>
      {open && (
        <ReasonDialog
          title={t('manage.cancel')}
          hint={t('intervention.perhapsAsked')}
          action={t('manage.cancel')}
          onSubmit={async (reason) => {
            tell(await intervene('cancel', instance, { reason }));
            reload();
          }}
          onClose={() => setOpen(false)}
        >
          <p>{t('manage.cancelHint')}</p>
        </ReasonDialog>
      )}
    </>
  );
}

function Timers({ timers, names, reload }: { timers: readonly WaitingTimer[]; names: Names; reload: () => void }) {
  const { language, pick, t } = useI18n();
  const tell = useTold();
  const [changed, setChanged] = useState<WaitingTimer | null>(null);
  const titleOf = (timer: WaitingTimer) => nameOf(names, timer.elementId, pick);
  return (
    <>
      <h3>{t('manage.timers')}</h3>
      <ul className="plain-list interventions">
        {timers.map((timer) => (
          <li key={`${timer.elementInstanceKey}/${timer.elementId}`} className="row">
            <span>{titleOf(timer)}</span>
            {timer.details.dueDate !== null && (
              <span className="muted small">
                {t('manage.timerDue', { date: formatMoment(timer.details.dueDate, language) })}
              </span>
            )}
            <Button small aria-label={t('manage.changeOf', { name: titleOf(timer) })} onPress={() => setChanged(timer)}>
              {t('manage.change')}
            </Button>
          </li>
        ))}
      </ul>
      {changed && (
        <DueTimeDialog
          name={titleOf(changed)}
          due={changed.details.dueDate}
          onSubmit={async (dueDate, reason) => {
            const request = { dueDate, elementId: changed.elementId, reason };
            tell(await intervene('changeTimer', changed.elementInstanceKey, request));
            reload();
          }}
          onClose={() => setChanged(null)}
        />
      )}
    </>
  );
}

function Incidents({ incidents, names, reload }: { incidents: readonly Incident[]; names: Names; reload: () => void }) {
  const { pick, t } = useI18n();
  const tell = useTold();
  const [resolved, setResolved] = useState<Incident | null>(null);
  return (
    <>
      <h3>{t('manage.incidents')}</h3>
      <ul className="plain-list interventions">
        {incidents.map((incident) => (
          <li key={incident.incidentKey}>
            <div>{nameOf(names, incident.elementId, pick)}</div>
            <div className="muted small">{incident.errorMessage}</div>
            <Button
              small
              aria-label={t('manage.resolveOf', { name: nameOf(names, incident.elementId, pick) })}
              onPress={() => setResolved(incident)}
            >
              {t('manage.resolve')}
            </Button>
          </li>
        ))}
      </ul>
      {resolved && (
        <ReasonDialog
          title={t('manage.resolve')}
          hint={t('intervention.perhapsAsked')}
          action={t('manage.resolve')}
          onSubmit={async (reason) => {
            tell(await intervene('resolve', resolved.incidentKey, { reason }));
            reload();
          }}
          onClose={() => setResolved(null)}
        >
          <p>{t('manage.resolveHint')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
