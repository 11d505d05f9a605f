/** One column of a task in the list. */
import type { UserTask } from '../../api/types';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Countdown } from '../../ui/Countdown';
import { Kept } from '../../ui/Kept';
import { useGroupNames } from '../../ui/names';
import { processName } from '../../ui/taskNames';
import type { Column } from './filters';

interface Props {
  column: Column;
  task: UserTask;
  done: boolean;
  assignee: string;
}

export function Cell({ column, task, done, assignee }: Props) {
  const { language, pick } = useI18n();
  switch (column) {
    case 'due':
      return <td className="due">{done ? <Done task={task} /> : <Due task={task} />}</td>;
    case 'process':
      return <td className="wide-only">{processName(task, pick)}</td>;
    case 'assignee':
      return <td className={`wide-only ${task.assignee ? '' : 'muted'}`}>{assignee}</td>;
    case 'unit':
      return <Units groups={task.candidateGroups} />;
    case 'case':
      return <td className="wide-only">{task.businessId ?? task.processInstanceKey}</td>;
    case 'priority':
      return <td className="wide-only">{formatNumber(task.priority, language)}</td>;
    case 'created':
      return <td className="wide-only">{formatMoment(task.creationDate, language)}</td>;
    case 'followUp':
      return <td className="wide-only">{task.followUpDate && formatMoment(task.followUpDate, language)}</td>;
  }
}

function Units({ groups }: { groups: readonly string[] }) {
  const nameOf = useGroupNames(groups);
  return <td className="wide-only">{groups.map(nameOf).join(', ')}</td>;
}

function Done({ task: { completionDate, standardDueDate } }: { task: UserTask }) {
  const { language } = useI18n();
  if (!completionDate) return null;
  return (
    <>
      {formatMoment(completionDate, language)} <Kept due={standardDueDate} done={completionDate} />
    </>
  );
}

function Due({ task: { dueDate: due, statutoryDueDate: statutory } }: { task: UserTask }) {
  const { language, t } = useI18n();
  return (
    <>
      {due ? <Countdown to={due} /> : !statutory && <span className="muted">{t('time.none')}</span>}
      {due && <div className="muted small">{formatMoment(due, language)}</div>}
      {statutory && (
        <div>
          <Countdown to={statutory} statutory />
        </div>
      )}
    </>
  );
}
