/** What was recorded of a deadline: on what evidence it started, who was warned, what stopped it, and what came later. */
import type { DeadlineDetails, DeadlineFact, DeadlineRecord } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { isMasked } from '../../forms/masked';
import { useI18n, type MessageKey } from '../../i18n';
import { readable } from '../../ui/erased';
import { useGroupNames, usePersonName } from '../../ui/names';
import { shownValue } from '../../ui/values';

export function DeadlineStory({ deadline }: { deadline: DeadlineDetails }) {
  const { language, t } = useI18n();
  const { startedAt, dueAt, lateUntil, stoppedAt, records, warnings, lateReasons } = deadline;
  const date = (moment: string) => ({ date: formatMoment(moment, language) });
  return (
    <ul className="plain-list small deadline-facts">
      {records.length === 0 && startedAt && <li>{t('deadline.started', date(startedAt))}</li>}
      {records.map((record) => (
        <li key={record.deadlineRecordKey}>
          <Recorded record={record} deadline={deadline} />
        </li>
      ))}
      <li>{t('deadline.due', date(dueAt))}</li>
      {lateUntil && deadline.state !== 'KEPT' && <li>{t('deadline.lateUntil', date(lateUntil))}</li>}
      {records.length === 0 && stoppedAt && <li>{t('deadline.stopped', date(stoppedAt))}</li>}
      {warnings.map((warning) => (
        <Warned key={`${warning.at}${String(warning.to)}`} {...warning} />
      ))}
      {warnings.length === 0 && stoppedAt === null && <li className="muted">{t('deadline.notWarned')}</li>}
      {lateReasons && <li>{t('deadline.reasons', { text: lateReasons })}</li>}
    </ul>
  );
}

function Recorded({ record, deadline }: { record: DeadlineRecord; deadline: DeadlineDetails }) {
  const { language, pick, t } = useI18n();
  const name = usePersonName(record.recordedThrough ?? record.recordedBy);
  const person = usePersonName(record.recordedBy);
  const approver = usePersonName(record.approvedBy);
  const who = record.recordedThrough ? t('common.onBehalfOf', { actor: name, person }) : name;
  const moment = record.kind === 'MOVED' || record.kind === 'EXTENDED' ? record.dueAfter : record.happenedAt;
  const said: MessageKey =
    record.kind === 'STOPPED' && record.elementId ? 'deadline.record.STOPPED.act' : `deadline.record.${record.kind}`;
  return (
    <>
      <div>
        <strong>
          {t(said, {
            date: moment ? formatMoment(moment, language) : '–',
            before: record.dueBefore ? formatMoment(record.dueBefore, language) : '–',
            act: pick(deadline.act.th, deadline.act.en) || (record.elementId ?? ''),
          })}
        </strong>
      </div>
      {record.text && <div className="deadline-text">{readable(record.text, t('common.erased'))}</div>}
      <Facts facts={record.facts} />
      {record.document && <Paper document={record.document} />}
      <div className="muted">
        {t('deadline.by', { name: who, date: formatMoment(record.recordedAt, language) })}
        {record.approvedBy && ` · ${t('deadline.approvedBy', { name: approver })}`}
      </div>
    </>
  );
}

function Facts({ facts }: { facts: readonly DeadlineFact[] }) {
  const { language, pick } = useI18n();
  if (facts.length === 0) return null;
  return (
    <dl className="deadline-evidence">
      {facts.map(({ name, label, value, shown }) => (
        <div key={name}>
          <dt>{pick(label.th, label.en) || name}</dt>
          <dd>{pick(shown.th, shown.en) || shownValue(value, language)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Paper({ document }: { document: NonNullable<DeadlineRecord['document']> }) {
  const { t } = useI18n();
  if (isMasked(document) || !document.documentId) return <div className="muted">{t('deadline.documentMasked')}</div>;
  return (
    <div>
      <a href={`/v2/documents/${document.documentId}`} download={document.fileName}>
        {t('deadline.document', { name: document.fileName ?? document.documentId })}
      </a>
    </div>
  );
}

function Warned({ at, to }: DeadlineDetails['warnings'][number]) {
  const { language, t } = useI18n();
  const groups = Array.isArray(to) ? to : [to];
  const nameOf = useGroupNames(groups);
  return <li>{t('deadline.warned', { to: groups.map(nameOf).join(', '), date: formatMoment(at, language) })}</li>;
}
