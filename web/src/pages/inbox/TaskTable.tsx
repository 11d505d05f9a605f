/** The rows of the inbox. A plain table, so that screen readers read it as one. */
import type { InboxView } from '../../api/types';
import { useI18n } from '../../i18n';
import type { Row } from './inboxList';
import type { Selection } from './selection';
import { TaskRow } from './TaskRow';
import type { Work } from './useWork';

interface Props {
  view: InboxView;
  rows: Row[];
  work: Work;
  selection: Selection;
}

export function TaskTable({ view, rows, work, selection }: Props) {
  const { t } = useI18n();
  const done = view === 'done';
  return (
    <table className="task-table inbox-table" aria-label={t('inbox.list')}>
      <thead>
        <tr>
          {!done && (
            <th scope="col" className="pick">
              <label>
                <input
                  type="checkbox"
                  aria-label={t('inbox.selectAll')}
                  checked={selection.all}
                  onChange={(event) => selection.setAll(event.target.checked)}
                />
              </label>
            </th>
          )}
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
      <tbody>
        {rows.map((row) => (
          <TaskRow
            key={row.task.userTaskKey}
            row={row}
            done={done}
            working={work.working}
            result={work.results.get(row.task.userTaskKey)}
            onClaim={() => void work.run('claim', [row.task])}
            {...(!done && {
              selected: selection.has(row.task.userTaskKey),
              onSelect: () => selection.toggle(row.task.userTaskKey),
            })}
          />
        ))}
      </tbody>
    </table>
  );
}
