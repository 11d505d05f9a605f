/** Where the time goes: until somebody takes a task up, and from then until it is done. */
import type { Report, ReportSpread } from '../../api/reports';
import { formatPercent } from '../../dates/format';
import { useI18n, type Language, type Translate } from '../../i18n';
import { Scrolled } from '../../ui/Scrolled';

const HOUR = 3600;

/** A length of working time in hours: a day of the office is no day of 24 hours. */
export function officeText(seconds: number, language: Language, t: Translate): string {
  return t('reports.officeHours', { n: formatPercent(seconds / HOUR, language) });
}

/** The median, with what nine tenths did not exceed in brackets. */
export function withNinth(median: string, p90: string): string {
  return `${median} (${p90})`;
}

function spreadText(spread: ReportSpread, language: Language, t: Translate): string {
  const { medianSeconds: median, p90Seconds: p90 } = spread;
  if (median === null || p90 === null) return '–';
  return withNinth(officeText(median, language, t), officeText(p90, language, t));
}

export function Times({ report }: { report: Report }) {
  const { language, pick, t } = useI18n();
  const tasks = report.byTasks.filter(({ officeWaiting }) => officeWaiting.counted > 0);
  if (tasks.length === 0) return null;
  const longest = Math.max(1, ...tasks.map((task) => lengths(task).reduce((a, b) => a + b)));
  return (
    <section className="card report-part" aria-label={t('reports.time')}>
      <h2>{t('reports.time')}</h2>
      <p className="muted small">{t('reports.timeHint')}</p>
      <p className="bar-legend" aria-hidden="true">
        <span className="sample bar-waiting" /> {t('reports.waiting')} <span className="sample bar-working" />{' '}
        {t('reports.working')}
      </p>
      <div className="bars" aria-hidden="true">
        {tasks.map((task) => (
          <div key={task.elementId} className="bar-row">
            <span className="bar-label">{pick(task.name.th, task.name.en) || task.elementId}</span>
            <Stacked lengths={lengths(task)} longest={longest} />
            <span className="bar-value">
              {officeText(
                lengths(task).reduce((a, b) => a + b),
                language,
                t,
              )}
            </span>
          </div>
        ))}
      </div>
      <Scrolled label={t('reports.time')}>
        <table className="task-table">
          <thead>
            <tr>
              <th scope="col">{t('reports.item')}</th>
              <th scope="col">{t('reports.waiting')}</th>
              <th scope="col">{t('reports.working')}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.elementId}>
                <th scope="row">{pick(task.name.th, task.name.en) || task.elementId}</th>
                <td>{spreadText(task.officeWaiting, language, t)}</td>
                <td>{spreadText(task.officeWorking, language, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}

function lengths({ officeWaiting, officeWorking }: Report['byTasks'][number]): [number, number] {
  return [officeWaiting.medianSeconds ?? 0, officeWorking.medianSeconds ?? 0];
}

function Stacked({ lengths: [waiting, working], longest }: { lengths: [number, number]; longest: number }) {
  const first = (100 * waiting) / longest;
  return (
    <svg className="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
      <rect className="bar-ground" width="100" height="10" />
      <rect className="bar-waiting" width={first} height="10" />
      <rect className="bar-working" x={first} width={(100 * working) / longest} height="10" />
    </svg>
  );
}
