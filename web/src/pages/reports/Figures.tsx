/** The figures of a report: the main ones large, then every part of it. */
import type { Report, ReportShare } from '../../api/reports';
import { spanText } from '../../dates/countdown';
import { formatMoment, formatNumber, formatPercent, localDigits, monthText } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Shares, type ShareItem } from './Shares';
import { Times, withNinth } from './Times';
import { Scrolled } from '../../ui/Scrolled';

const SECOND = 1000;

export function Figures({ report }: { report: Report }) {
  const { language, pick, t } = useI18n();
  const target = report.targetPercent;
  const name = (of: Report['byTasks'][number] | Report['bySteps'][number]) =>
    pick(of.name.th, of.name.en) || of.elementId;
  const span = (seconds: number | null) => (seconds === null ? '–' : spanText(seconds * SECOND, t));
  const steps: ShareItem[] = report.bySteps.map((step) => ({
    ...step,
    key: step.elementId,
    label: name(step),
    number: step.stepNumber && localDigits(step.stepNumber, language),
    more: [withNinth(span(step.time.medianSeconds), span(step.time.p90Seconds))],
  }));
  const tasks = report.byTasks.filter(({ counted }) => counted > 0);
  const units = report.byUnits.map((unit) => ({
    ...unit,
    key: unit.unit ?? '',
    label: unit.unit === null ? t('reports.noUnit') : pick(unit.name.th, unit.name.en) || unit.unit,
  }));
  const persons = report.byPersons?.map((one) => ({
    ...one,
    key: one.username,
    label: one.displayName ?? one.username,
  }));
  const months = report.months.map((one) => ({ ...one, key: one.month, label: monthText(one.month, language) }));
  const versions = report.versions.map((one) => {
    const label = t('reports.version', { n: localDigits(String(one.version), language) });
    return { ...one, key: String(one.version), label };
  });
  const item = t('reports.item');
  return (
    <>
      <Main report={report} />
      {steps.length > 0 && (
        <Shares title={t('reports.bySteps')} items={steps} heading={item} more={[t('reports.taken')]} target={target} />
      )}
      {report.scope !== 'PROCESS' && tasks.length > 0 && (
        <Shares
          title={t('reports.byTasks')}
          items={tasks.map((task) => ({ ...task, key: task.elementId, label: name(task) }))}
          heading={item}
          target={target}
        />
      )}
      <Times report={report} />
      {months.length > 1 && (
        <Shares title={t('reports.months')} items={months} heading={t('reports.month')} target={target} inTime />
      )}
      {versions.length > 0 && <Shares title={t('reports.versions')} items={versions} heading={item} target={target} />}
      {units.length > 0 && (
        <Shares
          title={t('reports.byUnits')}
          hint={t('reports.unitsHint')}
          items={units}
          heading={t('reports.unit')}
          target={target}
        />
      )}
      {persons && persons.length > 0 && (
        <Shares
          title={t('reports.byPersons')}
          hint={t('reports.personsHint')}
          items={persons}
          heading={t('reports.person')}
          target={target}
        />
      )}
      <Waits report={report} span={span} />
      <Open report={report} />
    </>
  );
}

function Main({ report }: { report: Report }) {
  const { language, t } = useI18n();
  const { targetPercent, targetMet, steps, cases, tasks, open } = report;
  return (
    <section className="card" aria-labelledby="report-words">
      <dl className="report-main">
        {steps && <Big title={t('reports.steps')} share={steps} />}
        {cases && <Big title={t('reports.cases')} share={cases} />}
        {!steps && <Big title={t('reports.tasks')} share={tasks} />}
        <div>
          <dt>{t('reports.open')}</dt>
          <dd>
            <span className="report-big">{formatNumber(open.open, language)}</span>
            <span className={open.overdue > 0 ? 'badge bad' : 'badge'}>
              {t('reports.overdueOf', { n: open.overdue })}
            </span>
          </dd>
        </div>
      </dl>
      {targetPercent !== null && (
        <p>
          {t('reports.target', { n: targetPercent })}{' '}
          {targetMet !== null && (
            <span className={`badge ${targetMet ? 'good' : 'bad'}`}>
              {t(targetMet ? 'reports.met' : 'reports.missed')}
            </span>
          )}
        </p>
      )}
      <h2 id="report-words">{t('reports.words')}</h2>
      <p className="report-text">{language === 'th' ? report.text.th : report.text.en}</p>
      <p className="muted small">
        {t('reports.asOf', { date: formatMoment(report.asOf, language) })}
        {Boolean(report.ofDeletedCases) && ` · ${t('reports.deleted', { n: report.ofDeletedCases ?? 0 })}`}
      </p>
    </section>
  );
}

function Big({ title, share }: { title: string; share: ReportShare }) {
  const { language, t } = useI18n();
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <span className="report-big">
          {share.sharePercent === null ? t('reports.noShare') : `${formatPercent(share.sharePercent, language)}%`}
        </span>
        <span className="muted">{t('reports.of', { kept: share.kept, counted: share.counted })}</span>
      </dd>
    </div>
  );
}

function Waits({ report, span }: { report: Report; span: (seconds: number | null) => string }) {
  const { language, pick, t } = useI18n();
  const waits = report.waits.filter(({ totalSeconds }) => totalSeconds > 0);
  if (waits.length === 0) return null;
  return (
    <section className="card report-part" aria-label={t('reports.waits')}>
      <h2>{t('reports.waits')}</h2>
      <Scrolled label={t('reports.waits')}>
        <table className="task-table">
          <thead>
            <tr>
              <th scope="col">{t('reports.item')}</th>
              <th scope="col" className="number">
                {t('reports.counted')}
              </th>
              <th scope="col">{t('reports.waited')}</th>
            </tr>
          </thead>
          <tbody>
            {waits.map((wait) => (
              <tr key={wait.elementId}>
                <th scope="row">{pick(wait.name.th, wait.name.en) || wait.elementId}</th>
                <td className="number">{formatNumber(wait.counted, language)}</td>
                <td>{withNinth(span(wait.medianSeconds), span(wait.p90Seconds))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}

function Open({ report }: { report: Report }) {
  const { language, pick, t } = useI18n();
  if (report.open.items.length === 0) return null;
  return (
    <section className="card report-part" aria-label={t('reports.open')}>
      <h2>{t('reports.open')}</h2>
      <Scrolled label={t('reports.open')}>
        <table className="task-table">
          <thead>
            <tr>
              <th scope="col">{t('reports.item')}</th>
              <th scope="col" className="number">
                {t('reports.openCount')}
              </th>
              <th scope="col" className="number">
                {t('reports.overdue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.open.items.map((one) => (
              <tr key={one.elementId}>
                <th scope="row">{pick(one.name.th, one.name.en) || one.elementId}</th>
                <td className="number">{formatNumber(one.open, language)}</td>
                <td className="number">{formatNumber(one.overdue, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}
