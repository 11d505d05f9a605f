/** One cause: where it stands on the diagram, each case that it stops; tried again singly, or all at once with progress. */
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useLive } from '../../api/events';
import { getCause, retryAll, retryOne, searchIncidents, type Cause } from '../../api/incidents';
import { getOperation, type Operation } from '../../api/operations';
import type { Incident } from '../../api/types';
import { mayOwn, useMe } from '../../app/session';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { OperationCard } from '../../parts/OperationCard';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Listed } from '../../ui/Listed';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useList } from '../../ui/useList';
import { useResource } from '../../ui/useResource';
import { CauseCard, useElementName } from './CauseCard';
import './incidents.css';

export default function CausePage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => getCause(key, signal), [key]));
  return (
    <>
      <PageTitle>{t('incidents.one')}</PageTitle>
      <p>
        <Link to="/incidents">{t('incidents.all')}</Link>
      </p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data === null && <p className="card">{t('incidents.gone')}</p>}
      {found.data && <Shown key={key} cause={found.data} />}
    </>
  );
}

function Shown({ cause }: { cause: Cause }) {
  const { pick, t } = useI18n();
  const me = useMe();
  const mayAct = mayOwn(me, cause.processDefinitionId);
  const [marks] = useState({ active: [cause.elementId], taken: [], counts: {} });
  const list = useList(
    useCallback((after: string | undefined, signal?: AbortSignal) => searchIncidents(cause, after, signal), [cause]),
  );
  useLive((event) => event.kind === 'process-instance', list.reload, 1_000);
  const name = pick(cause.processName.th, cause.processName.en) || cause.processDefinitionId;
  return (
    <>
      <section className="card" aria-label={t('incidents.one')}>
        <CauseCard cause={cause} />
        {mayAct && <RetryAll cause={cause} reload={list.reload} />}
      </section>
      <section className="card" aria-labelledby="cause-cases">
        <h2 id="cause-cases">{t('incidents.cases')}</h2>
        <Listed list={list} empty={<p>{t('incidents.mended')}</p>}>
          {(items) => (
            <ul className="plain-list entries" aria-labelledby="cause-cases">
              {items.map((incident) => (
                <li key={incident.incidentKey}>
                  <One incident={incident} mayAct={mayAct} reload={list.reload} />
                </li>
              ))}
            </ul>
          )}
        </Listed>
      </section>
      <section className="card" aria-labelledby="cause-diagram">
        <h2 id="cause-diagram">{t('incidents.where')}</h2>
        <div className="case-diagram">
          <CaseDiagram definitionKey={cause.processDefinitionKey} name={name} marks={marks} near />
        </div>
      </section>
    </>
  );
}

const LONGEST = 2_000;

function RetryAll({ cause, reload }: { cause: Cause; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const [operation, setOperation] = useState<Operation | null>(null);
  const element = useElementName(cause);
  // a text above one's clearance tells nothing apart: such cases are tried one by one
  if (cause.errorHashCode === null) return <p className="muted small">{t('incidents.onlySingly')}</p>;
  return (
    <>
      <div className="row retry-all">
        <Button kind="primary" aria-label={`${t('incidents.retryAll')}: ${element}`} onPress={() => setAsking(true)}>
          {t('incidents.retryAll')}
        </Button>
      </div>
      {operation && (
        <div className="notice" role="group" aria-label={t('operations.progress')}>
          <OperationCard key={operation.batchOperationKey} found={operation} linked ended={reload} />
        </div>
      )}
      {asking && (
        <ReasonDialog
          title={t('incidents.retryAll')}
          hint={t('incidents.retryAllHint')}
          action={t('incidents.retryAll')}
          longest={LONGEST}
          onSubmit={async (reason) => {
            setOperation(await getOperation(await retryAll(cause, reason)));
            announce(t('incidents.begun'));
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('incidents.retryAllWhat', { n: formatNumber(cause.processInstanceCount, language) })}</p>
        </ReasonDialog>
      )}
    </>
  );
}

function One({ incident, mayAct, reload }: { incident: Incident; mayAct: boolean; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const name = t('inbox.case', { id: incident.businessId ?? incident.processInstanceKey });
  return (
    <>
      <div className="row">
        <Link to={`/cases/${incident.processInstanceKey}`}>{name}</Link>
        <span className="muted small">{formatMoment(incident.creationTime, language, 'exact')}</span>
        {mayAct && (
          <Button small aria-label={`${t('manage.resolve')}: ${name}`} onPress={() => setAsking(true)}>
            {t('manage.resolve')}
          </Button>
        )}
      </div>
      <div className="small incident-text">{incident.errorMessage}</div>
      {asking && (
        <ReasonDialog
          title={t('manage.resolve')}
          hint={t('intervention.perhapsAsked')}
          action={t('manage.resolve')}
          onSubmit={async (reason) => {
            const outcome = await retryOne(incident, reason);
            announce(t(outcome === 'done' ? 'incidents.tried' : 'intervention.sent'));
            reload();
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('manage.resolveHint')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
