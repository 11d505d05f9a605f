import { Link } from 'react-router-dom';
import { inTheNameOf, useMe } from '../../app/session';
import { formatMoment, localDigits } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { isClaimable, processName, taskName } from '../../ui/taskNames';
import { Cell } from './Cell';
import type { Column } from './filters';
import type { Row } from './inboxList';
import { isSnoozed } from './work';

interface Props {
  row: Row;
  columns: readonly Column[];
  done: boolean;
  working: boolean;
  /** what became of it when something was done to many */
  result: { done: boolean; text: string } | undefined;
  onClaim: () => void;
  selected?: boolean;
  /** absent: the rows of this list are not selected, nor put off */
  onSelect?: () => void;
  onSnooze?: () => void;
  onWake?: () => void;
}

export function TaskRow(props: Props) {
  const { row, columns, done, result, selected = false, onSelect } = props;
  const { task, gone } = row;
  const { language, pick, t } = useI18n();
  const me = useMe();
  const name = taskName(task, pick, t);
  const person = usePersonName(task.assignee);
  const assignee = task.assignee === inTheNameOf(me) ? t('inbox.me') : task.assignee ? person : t('inbox.unassigned');
  const unread = !task.read && !done && !gone;
  const classes = [gone && 'gone', !gone && selected && 'selected', unread && 'unread'].filter(Boolean).join(' ');
  return (
    <tr data-key={task.userTaskKey} className={classes || undefined}>
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
      <td className="what">
        {unread && <span className="unread-dot" title={t('inbox.unreadOnly')} aria-hidden="true" />}
        <Link to={`/tasks/${task.userTaskKey}`}>{name}</Link>
        {unread && <span className="visually-hidden">{t('inbox.unreadMark')}</span>}
        <div className="muted small">
          {task.stepNumber && <span>{t('inbox.step', { n: localDigits(task.stepNumber, language) })} · </span>}
          <span className="narrow-only">{processName(task, pick)} · </span>
          <span>{t('inbox.case', { id: task.businessId ?? task.processInstanceKey })}</span>
          <span className="narrow-only"> · {assignee}</span>
        </div>
        {task.snoozedUntil && isSnoozed(task) && !done && (
          <div className="muted small">
            {t('inbox.snoozedUntil', { moment: formatMoment(task.snoozedUntil, language) })}
          </div>
        )}
        {result && <div className={result.done ? 'small good-text' : 'small danger-text'}>{result.text}</div>}
        <div className="narrow-only">
          <RowActions {...props} name={name} />
        </div>
      </td>
      {columns.map((column) => (
        <Cell key={column} column={column} task={task} done={done} assignee={assignee} />
      ))}
      {!done && (
        <td className="action wide-only">
          <RowActions {...props} name={name} />
        </td>
      )}
    </tr>
  );
}

function RowActions({ row: { task, gone }, done, working, name, onClaim, onSnooze, onWake }: Props & { name: string }) {
  const { t } = useI18n();
  const me = useMe();
  if (gone) return <span className="muted small">{t('inbox.gone')}</span>;
  if (done) return null;
  return (
    <>
      {isClaimable(task, me) && (
        <Button small isDisabled={working} onPress={onClaim} aria-label={t('inbox.claimTask', { name })}>
          {t('inbox.claim')}
        </Button>
      )}
      {isSnoozed(task)
        ? onWake && (
            <Button small kind="quiet" isDisabled={working} onPress={onWake} aria-label={t('inbox.wakeTask', { name })}>
              {t('inbox.wake')}
            </Button>
          )
        : onSnooze && (
            <Button
              small
              kind="quiet"
              isDisabled={working}
              onPress={onSnooze}
              aria-label={t('inbox.snoozeTask', { name })}
            >
              {t('inbox.snooze')}
            </Button>
          )}
    </>
  );
}
