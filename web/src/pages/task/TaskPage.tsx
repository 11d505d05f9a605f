import { useMemo, useRef, useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import type { UserTask, UserTaskKey, Variables } from '../../api/types';
import { inTheNameOf, readsOnly, useMe } from '../../app/session';
import type { FormHandle } from '../../forms/FormView';
import { useI18n } from '../../i18n';
import { Attachments } from '../../parts/Attachments';
import { Comments } from '../../parts/comments/Comments';
import { Deadlines, StatutoryStrip } from '../../parts/deadlines/Deadlines';
import { useMarkRead } from '../../parts/useMarkRead';
import { EarlierForms } from '../../parts/earlier/EarlierForms';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { isOpen, processName, taskName } from '../../ui/taskNames';
import { fieldsOf } from '../../forms/schema';
import { isClosed } from '../../api/problem';
import { AlsoHere } from './AlsoHere';
import { CoSignatures } from './CoSignatures';
import { LateNotices } from './LateNotices';
import { Position } from './Position';
import './task.css';
import { Printed } from './Printed';
import { TaskActions } from './TaskActions';
import { TaskControlPoints } from './TaskControlPoints';
import { TaskFacts } from './TaskFacts';
import { LeftHere } from './LeftHere';
import { TaskForm } from './TaskForm';
import { openedWith, useTask, useTaskContent } from './useTask';

export default function TaskPage() {
  const { key = '' } = useParams();
  // a page of its own for each task: nothing that was filled in may slip from one to the next
  return <OneTask key={key} taskKey={key} />;
}

function OneTask({ taskKey }: { taskKey: UserTaskKey }) {
  const { t } = useI18n();
  const { task, points, waivers, deadlines, signing, reload } = useTask(taskKey);
  const me = useMe();
  const content = useTaskContent(taskKey, me.username, inTheNameOf(me));
  useMarkRead(readsOnly(me) ? undefined : task.data?.value);
  const failed = (!task.data && task.error) || content.error;
  if (failed) {
    return (
      <>
        <PageTitle>{t('task.title')}</PageTitle>
        <Failure error={failed} retry={() => [reload(), content.reload()]} />
        <LeftHere taskKey={taskKey} />
      </>
    );
  }
  if (!task.data || !content.data) return <Loading />;
  return (
    <Loaded
      task={task.data.value}
      etag={task.data.etag}
      lost={isClosed(task.error)}
      content={content.data}
      points={points.data ?? []}
      waivers={waivers.data ?? []}
      deadlines={deadlines.data ?? []}
      signing={signing.data ?? content.data.signing}
      reload={reload}
      reloadContent={content.reload}
    />
  );
}

interface LoadedProps {
  task: UserTask;
  etag: string | null;
  /** the server does not show the task to this person any more */
  lost: boolean;
  content: NonNullable<ReturnType<typeof useTaskContent>['data']>;
  points: NonNullable<ReturnType<typeof useTask>['points']['data']>;
  waivers: NonNullable<ReturnType<typeof useTask>['waivers']['data']>;
  deadlines: NonNullable<ReturnType<typeof useTask>['deadlines']['data']>;
  signing: NonNullable<ReturnType<typeof useTask>['signing']['data']>;
  reload: () => void;
  reloadContent: () => void;
}

function Loaded(props: LoadedProps) {
  const { task, etag, lost, content, points, waivers, deadlines, signing, reload, reloadContent } = props;
  const { pick, t } = useI18n();
  const me = useMe();
  const form = useRef<FormHandle>(null);
  const mine = !lost && task.assignee === inTheNameOf(me) && isOpen(task);
  const [gaveBack, setGaveBack] = useState(false);
  const opened = useMemo(() => openedWith(content), [content]);
  const [changed, setChanged] = useState<{ of: unknown; values: Variables } | null>(null);
  const filled = changed?.of === opened ? changed.values : opened;
  const fields = useMemo(() => (content.schema ? fieldsOf(content.schema) : []), [content.schema]);
  const name = taskName(task, pick, t);
  const focusField = (path: string) => form.current?.focus(path);

  return (
    <>
      <p className="muted small not-on-paper">
        {processName(task, pick)} ·{' '}
        <Link to={`/cases/${task.processInstanceKey}`}>
          {t('inbox.case', { id: task.businessId ?? task.processInstanceKey })}
        </Link>
      </p>
      <div className="task-top">
        <PageTitle>{name}</PageTitle>
        <div className="row task-head">
          <Printed task={task} />
          <AlsoHere task={task} />
        </div>
      </div>
      <StatutoryStrip deadlines={deadlines} />
      {isOpen(task) && <LateNotices task={task} points={points} deadlines={deadlines} fields={fields} />}
      <div className="task-columns">
        <div>
          <section className="card" aria-labelledby="form-title">
            <h2 id="form-title">{t('task.form')}</h2>
            {!lost && (
              <TaskActions task={task} reload={reload} reloadContent={reloadContent} onGiveBack={setGaveBack} />
            )}
            <TaskForm
              task={task}
              etag={etag}
              content={content}
              fields={fields}
              points={points}
              mine={mine}
              lost={lost}
              givenBack={gaveBack && !mine}
              form={form}
              data={opened}
              onFilled={(values) => setChanged({ of: opened, values })}
              reload={reload}
              reloadContent={reloadContent}
            />
          </section>
          <div className="not-on-paper">
            <Attachments processInstanceKey={task.processInstanceKey} mayChange={isOpen(task) && !readsOnly(me)} />
            <Comments
              processInstanceKey={task.processInstanceKey}
              userTaskKey={task.userTaskKey}
              mayAdd={isOpen(task) && !lost && !readsOnly(me)}
            />
          </div>
        </div>
        <aside aria-label={t('task.details')}>
          <CoSignatures
            task={task}
            signing={signing}
            read={content.signing.digest}
            reload={reload}
            reloadContent={reloadContent}
          />
          <TaskFacts task={task} />
          {!lost && (
            <section className="card" aria-labelledby="control-title">
              <h2 id="control-title">{t('control.title')}</h2>
              <TaskControlPoints
                task={task}
                points={points}
                waivers={waivers}
                fields={fields}
                filled={filled}
                focusField={mine ? focusField : null}
                reload={reload}
              />
            </section>
          )}
          <section className="card not-on-paper" aria-labelledby="earlier-title">
            <h2 id="earlier-title">{t('earlier.title')}</h2>
            <EarlierForms processInstanceKey={task.processInstanceKey} />
          </section>
          {deadlines.length > 0 && (
            <section className="card" aria-labelledby="deadlines-title">
              <h2 id="deadlines-title">{t('case.deadlines')}</h2>
              <Deadlines deadlines={deadlines} />
            </section>
          )}
        </aside>
      </div>
      <Position task={task} />
    </>
  );
}
