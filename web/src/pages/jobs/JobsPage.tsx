/** Jobs of workers: what waits, what failed and why, who has it until when; how often it may still be tried. */
import { useCallback, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { changeRetries, JOB_STATES, searchJobs, type Job, type JobQuery } from '../../api/incidents';
import { mayOwn, useMe } from '../../app/session';
import { formatMoment, formatNumber } from '../../dates/format';
import { isMessageKey, useI18n } from '../../i18n';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { Listed } from '../../ui/Listed';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { useList } from '../../ui/useList';
import '../incidents/incidents.css';

const TONE: Record<string, string> = { FAILED: 'bad', COMPLETED: 'good', CANCELED: 'warn', ERROR_THROWN: 'warn' };

export default function JobsPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const state = JOB_STATES.find((each) => each === params.get('state')) ?? null;
  const process = params.get('process');
  const type = params.get('type') ?? '';
  const list = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => searchJobs({ state, type, process }, after, signal),
      [state, type, process],
    ),
  );
  const change = (part: Partial<JobQuery>) => {
    const wanted = { state, type, process, ...part };
    const given = {
      ...(wanted.state && { state: wanted.state }),
      ...(wanted.type && { type: wanted.type }),
      ...(wanted.process && { process: wanted.process }),
    };
    setParams(given, { replace: true });
  };
  return (
    <>
      <PageTitle>{t('jobs.title')}</PageTitle>
      <p className="muted">
        {t('jobs.what')} <Link to="/incidents">{t('incidents.title')}</Link>
      </p>
      <section className="filter-line" aria-label={t('operations.filters')}>
        <Choice
          label={t('operations.state')}
          value={state ?? ''}
          options={[
            { value: '' as const, label: t('operations.any') },
            ...JOB_STATES.map((value) => ({ value, label: t(`jobs.state.${value}`) })),
          ]}
          onChange={(value) => change({ state: value || null })}
        />
        <ProcessChoice
          label={t('incidents.process')}
          any={t('operations.any')}
          value={process}
          onChange={(id) => change({ process: id })}
        />
        <SearchBox
          label={t('jobs.type')}
          hint={t('jobs.typeHint')}
          value={type}
          onSearch={(of) => change({ type: of })}
        />
      </section>
      <Listed list={list} empty={<p className="card">{t(state || type || process ? 'jobs.none' : 'jobs.empty')}</p>}>
        {(items) => (
          <ul className="plain-list card-list" aria-label={t('jobs.title')}>
            {items.map((job) => (
              <li key={job.jobKey} className="card">
                <OneJob job={job} reload={list.reload} />
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </>
  );
}

function OneJob({ job, reload }: { job: Job; reload: () => void }) {
  const { language, t } = useI18n();
  const me = useMe();
  const [changing, setChanging] = useState(false);
  const state = `jobs.state.${job.state}`;
  const open = job.endTime === null;
  const moment = (of: string) => formatMoment(of, language, 'exact');
  return (
    <>
      <div className="row">
        <strong>{job.type}</strong>
        <span className={`badge ${TONE[job.state] ?? ''}`}>{isMessageKey(state) ? t(state) : job.state}</span>
        <Link to={`/cases/${job.processInstanceKey}`}>
          {t('inbox.case', { id: job.businessId ?? job.processInstanceKey })}
        </Link>
      </div>
      <div className="muted small">
        {job.processDefinitionId} · {job.elementId}
        {job.creationTime && ` · ${t('jobs.created', { date: moment(job.creationTime) })}`}
      </div>
      <div className="small">
        {open && t('jobs.retries', { n: formatNumber(job.retries, language) })}
        {job.worker && ` · ${t('jobs.worker', { name: job.worker })}`}
        {open && job.deadline && ` · ${t('jobs.until', { date: moment(job.deadline) })}`}
        {job.endTime && t('operations.ended', { date: moment(job.endTime) })}
      </div>
      {job.errorMessage && <div className="small incident-text">{job.errorMessage}</div>}
      {open && mayOwn(me, job.processDefinitionId) && (
        <Button small aria-label={`${t('jobs.change')}: ${job.type} ${job.jobKey}`} onPress={() => setChanging(true)}>
          {t('jobs.change')}
        </Button>
      )}
      {changing && (
        <Retries
          job={job}
          onClose={(done) => {
            setChanging(false);
            if (done) reload();
          }}
        />
      )}
    </>
  );
}

const MOST = 1_000_000;

function Retries({ job, onClose }: { job: Job; onClose: (done: boolean) => void }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [count, setCount] = useState(String(Math.max(job.retries, 1)));
  return (
    <ActionDialog
      title={t('jobs.change')}
      hint={t('jobs.changeHint')}
      submit={t('common.save')}
      act={async () => {
        const retries = /^\d{1,7}$/.test(count.trim()) ? Number(count) : 0;
        if (retries < 1 || retries > MOST) return t('jobs.wrong');
        await changeRetries(job.jobKey, retries);
        announce(t('jobs.changed'));
        return null;
      }}
      onClose={onClose}
    >
      <TextInput label={t('jobs.count')} inputMode="numeric" value={count} onChange={setCount} />
    </ActionDialog>
  );
}
