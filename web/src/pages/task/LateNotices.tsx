/** Says, once a deadline has passed, that the task can still be completed and what that takes. */
import type { ControlPoint, DeadlineDetails, UserTask } from '../../api/types';
import { formatMoment } from '../../dates/format';
import type { FieldInfo } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { usePassed } from '../../ui/Countdown';

interface Props {
  task: UserTask;
  points: readonly ControlPoint[];
  deadlines: readonly DeadlineDetails[];
  fields: readonly FieldInfo[];
}

export function LateNotices({ task, points, deadlines, fields }: Props) {
  return points.map((point) => {
    const { binding } = point;
    if (binding?.type === 'standardTime' && task.dueDate) {
      return (
        <StepLate key={point.controlPointId} due={task.dueDate} field={labelOf(binding.lateReasonsField, fields)} />
      );
    }
    const deadline = binding?.type === 'deadline' && deadlines.find((each) => each.deadlineId === binding.deadlineId);
    if (!deadline) return null;
    const field = labelOf(binding.lateReasonsField, fields);
    return <DeadlineLate key={point.controlPointId} deadline={deadline} field={field} />;
  });
}

function labelOf(path: string | null | undefined, fields: readonly FieldInfo[]): FieldInfo['label'] | null {
  return fields.find((field) => field.path === path)?.label ?? null;
}

function StepLate({ due, field }: { due: string; field: FieldInfo['label'] | null }) {
  const { pick, t } = useI18n();
  if (!usePassed(due)) return null;
  return (
    <div className="notice warn">
      <p>
        <strong>{t('task.late.step')}</strong>
      </p>
      {field && <p>{t('task.late.reasons', { field: pick(field.th, field.en) })}</p>}
    </div>
  );
}

function DeadlineLate({ deadline, field }: { deadline: DeadlineDetails; field: FieldInfo['label'] | null }) {
  const { language, pick, t } = useI18n();
  const passed = usePassed(deadline.dueAt);
  const outOfTerm = usePassed(deadline.lateUntil);
  if (!passed || deadline.stoppedAt) return null;
  return (
    <div className="notice danger" role="status">
      <p>
        <strong>{t('task.late.title', { name: pick(deadline.text.th, deadline.text.en) })}</strong>
      </p>
      <p>{t('task.late.ended', { date: formatMoment(deadline.dueAt, language, 'long') })}</p>
      {field && <p>{t('task.late.reasons', { field: pick(field.th, field.en) })}</p>}
      {outOfTerm && <p>{t('task.late.outOfTerm')}</p>}
      {!outOfTerm && deadline.lateUntil && (
        <p>{t('task.late.until', { date: formatMoment(deadline.lateUntil, language, 'long') })}</p>
      )}
    </div>
  );
}
