/** What was filled in before: each finished task of a case with its form as it was sent, to read. */
import { useCallback, useId, useState } from 'react';
import { searchFinished } from '../../api/course';
import { useLive } from '../../api/events';
import type { ProcessInstanceKey, UserTask } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { usePersonName } from '../../ui/names';
import { taskName } from '../../ui/taskNames';
import { usePages } from '../../ui/usePages';
import './earlier.css';
import { FilledForm } from './FilledForm';

const PAGE = 10;

export function EarlierForms({ processInstanceKey: key }: { processInstanceKey: ProcessInstanceKey }) {
  const { t } = useI18n();
  const list = usePages<UserTask>(
    useCallback((page, signal) => searchFinished(key, page, signal), [key]),
    PAGE,
  );
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === key, list.reload);
  if (list.error) return <Failure error={list.error} retry={list.reload} />;
  if (!list.items) return <Loading />;
  if (list.items.length === 0) return <p className="muted">{t('earlier.none')}</p>;
  return (
    <>
      <ol className="plain-list earlier-forms">
        {list.items.map((task) => (
          <Earlier key={task.userTaskKey} task={task} />
        ))}
      </ol>
      {Boolean(list.failed) && <Failure error={list.failed} />}
      {list.cursor && (
        <Button isDisabled={list.loadingMore} onPress={() => void list.loadMore()}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}

function Earlier({ task }: { task: UserTask }) {
  const { language, pick, t } = useI18n();
  const body = useId();
  const [open, setOpen] = useState(false);
  const person = usePersonName(task.completedBy);
  const through = usePersonName(task.completedThrough);
  const substituted = task.completedThrough !== null && task.completedThrough !== task.completedBy;
  const name = taskName(task, pick, t);
  return (
    <li>
      <div>{name}</div>
      <div className="muted small">
        {substituted ? t('common.onBehalfOf', { actor: through, person }) : person}
        {task.completionDate && ` · ${formatMoment(task.completionDate, language)}`}
      </div>
      <Button
        small
        aria-expanded={open}
        aria-controls={body}
        aria-label={`${t(open ? 'earlier.hide' : 'earlier.show')}: ${name}`}
        onPress={() => setOpen(!open)}
      >
        {t(open ? 'earlier.hide' : 'earlier.show')}
      </Button>
      <div id={body}>{open && <FilledForm taskKey={task.userTaskKey} />}</div>
    </li>
  );
}
