/** The rows of the inbox, perhaps in groups. A plain table, so that screen readers read it as one. */
import type { InboxView, UserTask } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { processName } from '../../ui/taskNames';
import type { Column, Display } from './filters';
import { grouped, DUE_GROUPS, type Group } from './grouping';
import type { Row } from './inboxList';
import type { Selection } from './selection';
import { TaskRow } from './TaskRow';
import type { Work } from './useWork';

interface Props {
  view: InboxView;
  rows: Row[];
  display: Display;
  work: Work;
  selection: Selection;
  onSnooze: (task: UserTask) => void;
}

/** The action's and the selection's column, and that of the task itself. */
const OTHERS = 3;

export function TaskTable({ view, rows, display, work, selection, onSnooze }: Props) {
  const { t } = useI18n();
  const done = view === 'done';
  const columns = columnsOf(display, done);
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
          {columns.map((column) => (
            <th key={column} scope="col" className={column === 'due' ? undefined : 'wide-only'}>
              {done && column === 'due' ? t('inbox.completed') : t(`inbox.column.${column}`)}
            </th>
          ))}
          {!done && (
            <th scope="col" className="wide-only">
              <span className="visually-hidden">{t('inbox.claim')}</span>
            </th>
          )}
        </tr>
      </thead>
      {grouped(rows, display.grouping).map((group) => (
        <tbody key={group.key}>
          {group.key !== '' && <GroupHead group={group} span={columns.length + OTHERS} grouping={display.grouping} />}
          {group.rows.map((row) => (
            <TaskRow
              key={row.task.userTaskKey}
              row={row}
              columns={columns}
              done={done}
              working={work.working}
              result={work.results.get(row.task.userTaskKey)}
              onClaim={() => void work.run('claim', [row.task])}
              {...(!done && {
                onSnooze: () => onSnooze(row.task),
                onWake: () => void work.run('wake', [row.task]),
                selected: selection.has(row.task.userTaskKey),
                onSelect: () => selection.toggle(row.task.userTaskKey),
              })}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Of what is done, when that was is always shown. */
function columnsOf({ columns }: Display, done: boolean): readonly Column[] {
  return done && !columns.includes('due') ? [...columns, 'due'] : columns;
}

interface HeadProps {
  group: Group;
  span: number;
  grouping: Display['grouping'];
}

function GroupHead({ group: { key, rows }, span, grouping }: HeadProps) {
  const { language, pick, t } = useI18n();
  const task = rows[0]?.task;
  const due = DUE_GROUPS.find((each) => each === key);
  const name =
    grouping === 'due' && due
      ? t(`inbox.group.${due}`)
      : !task
        ? key
        : grouping === 'process'
          ? processName(task, pick)
          : t('inbox.case', { id: task.businessId ?? key });
  return (
    <tr className="group-head">
      <th scope="rowgroup" colSpan={span}>
        {name} <span className="muted small">{t('inbox.groupCount', { n: formatNumber(rows.length, language) })}</span>
      </th>
    </tr>
  );
}
