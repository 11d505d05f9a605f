/** The task's form: filled in, saved as a draft, completed, and what stands in the way of that. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ControlPoint, FieldProblem, UserTask, Variables } from '../../api/types';
import { isClosed } from '../../api/problem';
import { completeTask } from '../../api/userTasks';
import { deskFor } from '../../files/fileDesk';
import type { FormHandle } from '../../forms/FormView';
import type { FieldInfo } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Loading } from '../../ui/Loading';
import { taskName } from '../../ui/taskNames';
import { DraftChoice } from './DraftChoice';
import { DraftOpened, DraftStatus } from './DraftStatus';
import { LeftHere } from './LeftHere';
import { TakenAway } from './TakenAway';
import { TaskOthers } from './TaskOthers';
import { Obstacles, obstacleOf, remaining, type Obstacle } from '../../parts/Obstacles';
import { useDraft, useDraftOwner } from './useDraft';
import { useTakenAway } from './useTakenAway';
import type { TaskContent } from './useTask';

const FormView = lazy(() => import('../../forms/FormView'));

interface Props {
  task: UserTask;
  etag: string | null;
  content: TaskContent;
  fields: readonly FieldInfo[];
  points: readonly ControlPoint[];
  mine: boolean;
  /** the server does not show the task to this person any more */
  lost: boolean;
  /** this person gave it back */
  givenBack: boolean;
  form: RefObject<FormHandle | null>;
  /** what the form is opened with */
  data: Variables;
  onFilled: (values: Variables) => void;
  reload: () => void;
  reloadContent: () => void;
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

export function TaskForm(props: Props) {
  const { task, etag, content, fields, points, mine, lost, givenBack, form, data, onFilled, reload, reloadContent } =
    props;
  const { pick, t } = useI18n();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const { draft: restored, unsent, unsentIs, schema } = content;
  const opened = unsentIs === 'opened' ? unsent : null;
  const owner = useDraftOwner(task.userTaskKey, fields);
  const { state: draftState, keeper: draft } = useDraft(owner, content);
  const [working, setWorking] = useState(false);
  const [asking, setAsking] = useState(false);
  const desk = useMemo(() => deskFor(() => ({ userTaskKey: task.userTaskKey })), [task.userTaskKey]);
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const newer = draftState.kind === 'newer';
  useEffect(() => {
    if (newer) reloadContent();
  }, [newer, reloadContent]);
  const closed = draftState.kind === 'failed' && isClosed(draftState.error);
  useEffect(() => {
    if (closed) reload();
  }, [closed, reload]);
  const typed = useRef(restored?.variables ?? opened?.values ?? null);
  const { taken, kept } = useTakenAway({
    task,
    mine,
    lost,
    own: working || asking || givenBack,
    owner,
    typed: () => typed.current,
  });

  async function complete() {
    const submission = form.current?.submit() ?? { values: {}, wrong: [] };
    if (submission.wrong.length > 0) {
      setObstacle({ kind: 'fields', fields: submission.wrong.map((field) => ({ field: field.path, text: null })) });
      return;
    }
    setWorking(true);
    setObstacle(null);
    draft.stop();
    try {
      await completeTask(task.userTaskKey, submission.values, etag);
      await draft.done();
      announce(t('task.done', { name: taskName(task, pick, t) }));
      await navigate('/');
    } catch (error) {
      draft.resume();
      setWorking(false);
      setObstacle(obstacleOf(error));
      reload();
    }
  }

  async function discard() {
    await draft.discard();
    reloadContent();
  }

  if (mine && unsentIs === 'asked' && unsent) {
    return <DraftChoice here={unsent} there={restored} fields={fields} chosen={reloadContent} />;
  }
  return (
    <>
      {taken && <TakenAway task={task} taken={taken} kept={kept > 0} />}
      {!mine && <LeftHere key={kept} taskKey={task.userTaskKey} />}
      {(restored || opened) && mine && <DraftOpened draft={restored} unsent={opened} discard={() => void discard()} />}
      {/* what sends the form is not there before the form: it would send nothing */}
      <Suspense fallback={<Loading />}>
        {schema ? (
          <FormView
            handle={form}
            schema={schema}
            data={data}
            readOnly={!mine}
            desk={mine ? desk : null}
            problems={obstacle?.kind === 'refused' ? obstacle.problems : NO_PROBLEMS}
            onChange={(values, wrong) => {
              onFilled(values);
              setObstacle((before) => remaining(before, wrong));
              typed.current = values;
              draft.change(values);
            }}
          />
        ) : (
          mine && <p>{t('task.noForm')}</p>
        )}
        {obstacle && (
          <Obstacles
            obstacle={obstacle}
            fields={fields}
            points={points}
            focusField={(path) => form.current?.focus(path)}
          />
        )}
        <div className={mine ? 'row task-submit' : undefined}>
          {mine && task.delegationState !== 'PENDING' && (
            <Button kind="primary" isDisabled={working} onPress={() => void complete()}>
              {working ? t('task.completing') : t('task.complete')}
            </Button>
          )}
          <DraftStatus state={draftState} />
        </div>
        {!lost && (
          <TaskOthers
            task={task}
            actions={content.actions}
            form={form}
            onAsk={setAsking}
            save={() => draft.flush()}
            reload={reload}
            reloadContent={reloadContent}
          />
        )}
      </Suspense>
    </>
  );
}
