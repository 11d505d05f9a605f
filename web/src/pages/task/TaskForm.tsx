/** The task's form: filled in, saved as a draft, completed, and what stands in the way of that. */
import { lazy, Suspense, useMemo, useState, type RefObject } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ControlPoint, FieldProblem, UserTask, Variables } from '../../api/types';
import { completeTask } from '../../api/userTasks';
import { formatMoment } from '../../dates/format';
import type { FormHandle } from '../../forms/FormView';
import type { FieldInfo } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Loading } from '../../ui/Loading';
import { taskName } from '../../ui/taskNames';
import { DraftStatus } from './DraftStatus';
import { TaskOthers } from './TaskOthers';
import { Obstacles, obstacleOf, remaining, type Obstacle } from '../../parts/Obstacles';
import { useDraft } from './useDraft';
import type { TaskContent } from './useTask';

const FormView = lazy(() => import('../../forms/FormView'));

interface Props {
  task: UserTask;
  etag: string | null;
  content: TaskContent;
  fields: readonly FieldInfo[];
  points: readonly ControlPoint[];
  mine: boolean;
  form: RefObject<FormHandle | null>;
  onFilled: (values: Variables) => void;
  reload: () => void;
  reloadContent: () => void;
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

export function TaskForm({ task, etag, content, fields, points, mine, form, onFilled, reload, reloadContent }: Props) {
  const { language, pick, t } = useI18n();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const { state: draftState, keeper: draft } = useDraft(task.userTaskKey);
  const [working, setWorking] = useState(false);
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const { draft: restored, schema, variables } = content;
  const data = useMemo(() => ({ ...variables, ...restored?.variables }), [variables, restored]);

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

  return (
    <>
      {restored && mine && (
        <div className="notice row">
          <span>{t('task.draft.restored', { date: formatMoment(restored.savedAt, language) })}</span>
          <Button small onPress={() => void discard()}>
            {t('task.draft.discard')}
          </Button>
        </div>
      )}
      {schema ? (
        <Suspense fallback={<Loading />}>
          <FormView
            handle={form}
            schema={schema}
            data={data}
            readOnly={!mine}
            problems={obstacle?.kind === 'refused' ? obstacle.problems : NO_PROBLEMS}
            onChange={(values, wrong) => {
              onFilled(values);
              setObstacle((before) => remaining(before, wrong));
              draft.change(values);
            }}
          />
        </Suspense>
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
      {mine && task.delegationState !== 'PENDING' && (
        <div className="row task-submit">
          <Button kind="primary" isDisabled={working} onPress={() => void complete()}>
            {working ? t('task.completing') : t('task.complete')}
          </Button>
          <DraftStatus state={draftState} />
        </div>
      )}
      <TaskOthers
        task={task}
        actions={content.actions}
        form={form}
        save={() => draft.flush()}
        reload={reload}
        reloadContent={reloadContent}
      />
    </>
  );
}
