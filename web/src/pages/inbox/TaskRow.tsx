import { Link } from 'react-router-dom';
import { inTheNameOf, useMe } from '../../app/session';
import { formatMoment, localDigits } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Countdown } from '../../ui/Countdown';
import { Kept } from '../../ui/Kept';
import { usePersonName } from '../../ui/names';
import { isClaimable, processName, taskName } from '../../ui/taskNames';
import type { Row } from './inboxList';

interface Props {
  row: Row;
  done: boolean;
  working: boolean;
  /** what became of it when something was done to many */
  result: { done: boolean; text: string } | undefined;
  onClaim: () => void;
  selected?: boolean;
  /** absent: the rows of this list are not selected */
  onSelect?: () => void;
}

export function TaskRow({ row: { task, gone }, done, working, result, onClaim, selected = false, onSelect }: Props) {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const name = taskName(task, pick, t);
  const person = usePersonName(task.assignee);
  const assignee = task.assignee === inTheNameOf(me) ? t('inbox.me') : task.assignee ? person : t('inbox.unassigned');
  const action = gone ? (
    <span className="muted small">{t('inbox.gone')}</span>
  ) : (
    !done &&
    isClaimable(task, me) && (
      <Button small isDisabled={working} onPress={onClaim} aria-label={t('inbox.claimTask', { name })}>
        {t('inbox.claim')}
      </Button>
    )
  );
  return (
    <tr data-key={task.userTaskKey} className={gone ? 'gone' : selected ? 'selected' : undefined}>
      {onSelect && (
        <td className="pick">
          <label>
            <input
              type="checkbox"
              aria-label={t('inbox.selectTask', { name })}
              checked={selected && !gone}
              disabled={gone}
              onChange={onSelect}
            />
          </label>
        </td>
      )}
      <td>
        <Link to={`/tasks/${task.userTaskKey}`}>{name}</Link>
        <div className="muted small">
          {task.stepNumber && <span>{t('inbox.step', { n: localDigits(task.stepNumber, language) })} · </span>}
          <span className="narrow-only">{processName(task, pick)} · </span>
          <span>{t('inbox.case', { id: task.businessId ?? task.processInstanceKey })}</span>
          <span className="narrow-only"> · {assignee}</span>
        </div>
        {result && <div className={result.done ? 'small good-text' : 'small danger-text'}>{result.text}</div>}
        <div className="narrow-only">{action}</div>
      </td>
      <td className="wide-only">{processName(task, pick)}</td>
      <td className={`wide-only ${task.assignee ? '' : 'muted'}`}>{assignee}</td>
      <td>
        {done ? (
          task.completionDate && (
            <>
              {formatMoment(task.completionDate, language)}{' '}
              <Kept due={task.standardDueDate} done={task.completionDate} />
            </>
          )
        ) : (
          <Due due={task.dueDate} statutory={task.statutoryDueDate ?? null} />
        )}
      </td>
      {!done && <td className="action wide-only">{action}</td>}
    </tr>
  );
}

function Due({ due, statutory }: { due: string | null; statutory: string | null }) {
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
