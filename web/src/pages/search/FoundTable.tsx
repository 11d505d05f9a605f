/** The cases that were found, with where each stands. */
import { Link } from 'react-router-dom';
import type { FoundCase } from '../../api/caseSearch';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CaseState } from '../../parts/CaseState';
import { Countdown } from '../../ui/Countdown';
import { usePersonNames } from '../../ui/names';

export function FoundTable({ items }: { items: readonly FoundCase[] }) {
  const { t } = useI18n();
  return (
    <table className="task-table" aria-label={t('search.found')}>
      <thead>
        <tr>
          <th scope="col">{t('cases.case')}</th>
          <th scope="col">{t('search.stands')}</th>
          <th scope="col" className="wide-only">
            {t('cases.started')}
          </th>
          <th scope="col" className="wide-only">
            {t('cases.ended')}
          </th>
          <th scope="col" className="wide-only">
            {t('inbox.due')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <FoundRow key={item.processInstanceKey} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function FoundRow({ item }: { item: FoundCase }) {
  const { language, pick, t } = useI18n();
  return (
    <tr>
      <td>
        <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>
        <div className="muted small">
          {pick(item.processDefinitionName, item.processNameEn) || item.processDefinitionId}
          {' · '}
          {t('start.version', { n: item.processDefinitionVersion })}
        </div>
      </td>
      <td>
        <CaseState item={item} />
        <Waiting item={item} />
        {item.statutoryDueDate && (
          <div className="narrow-only">
            <Countdown to={item.statutoryDueDate} statutory />
          </div>
        )}
      </td>
      <td className="wide-only">{formatMoment(item.startDate, language)}</td>
      <td className="wide-only">{item.endDate && formatMoment(item.endDate, language)}</td>
      <td className="wide-only">{item.statutoryDueDate && <Countdown to={item.statutoryDueDate} statutory />}</td>
    </tr>
  );
}

function Waiting({ item }: { item: FoundCase }) {
  const { pick } = useI18n();
  const nameOf = usePersonNames(item.tasks.flatMap(({ assignee }) => (assignee ? [assignee] : [])));
  return (
    <ul className="plain-list small">
      {item.tasks.map((task) => (
        <li key={task.userTaskKey}>
          {pick(task.name, task.nameEn) || task.elementId}
          {task.assignee && <span className="muted"> · {nameOf(task.assignee)}</span>}
        </li>
      ))}
    </ul>
  );
}
