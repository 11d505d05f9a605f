/**
 * The rows of the inbox. A plain table, so that screen readers read it as one. While the focus is in a row the arrow keys
 * move between rows and C claims: by the place of the key, which is แ on a Thai keyboard.
 */
import { useState, type KeyboardEvent } from 'react';
import { claimTask, getTask } from '../../api/userTasks';
import { Problem } from '../../api/client';
import { problemText } from '../../api/problem';
import type { InboxView, UserTask } from '../../api/types';
import { inTheNameOf, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { isClaimable, taskName } from '../../ui/taskNames';
import type { Row } from './inboxList';
import { TaskRow } from './TaskRow';

interface Props {
  view: InboxView;
  rows: Row[];
  onUpdate: (task: UserTask) => void;
}

export function TaskTable({ view, rows, onUpdate }: Props) {
  const { language, t, pick } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const [claiming, setClaiming] = useState<string | null>(null);

  async function claim(task: UserTask) {
    setClaiming(task.userTaskKey);
    try {
      await claimTask(task.userTaskKey, inTheNameOf(me));
      announce(t('inbox.claimed', { name: taskName(task, pick, t) }));
    } catch (error) {
      const taken = error instanceof Problem && error.status === 409;
      announce(taken ? t('inbox.taken') : problemText(error, language, t));
    } finally {
      setClaiming(null);
    }
    getTask(task.userTaskKey).then(
      ({ value }) => onUpdate(value),
      () => undefined,
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLTableSectionElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = (event.target as Element).closest('tr');
    if (!row) return;
    const target = rowFor(event, row);
    if (target) {
      event.preventDefault();
      target.querySelector('a')?.focus();
    } else if (event.code === 'KeyC') {
      const found = rows.find(({ task }) => task.userTaskKey === row.dataset['key']);
      if (found && !found.gone && isClaimable(found.task, me)) void claim(found.task);
    }
  }

  const done = view === 'done';
  return (
    <>
      <table className="task-table" aria-label={t('inbox.list')} aria-describedby={done ? undefined : 'inbox-keys'}>
        <thead>
          <tr>
            <th scope="col">{t('inbox.task')}</th>
            <th scope="col" className="wide-only">
              {t('inbox.process')}
            </th>
            <th scope="col" className="wide-only">
              {t('inbox.assignee')}
            </th>
            <th scope="col">{done ? t('inbox.completed') : t('inbox.due')}</th>
            {!done && (
              <th scope="col" className="wide-only">
                <span className="visually-hidden">{t('inbox.claim')}</span>
              </th>
            )}
          </tr>
        </thead>
        {/* keys bubble up from the links and buttons in the rows: nothing here takes the focus itself */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row) => (
            <TaskRow
              key={row.task.userTaskKey}
              row={row}
              done={done}
              claiming={claiming === row.task.userTaskKey}
              onClaim={() => void claim(row.task)}
            />
          ))}
        </tbody>
      </table>
      {!done && (
        <p id="inbox-keys" className="muted small">
          {t('inbox.keys')}
        </p>
      )}
    </>
  );
}

function rowFor(event: KeyboardEvent, row: Element): Element | null | undefined {
  switch (event.key) {
    case 'ArrowDown':
      return row.nextElementSibling;
    case 'ArrowUp':
      return row.previousElementSibling;
    case 'Home':
      return row.parentElement?.firstElementChild;
    case 'End':
      return row.parentElement?.lastElementChild;
    default:
      return null;
  }
}
