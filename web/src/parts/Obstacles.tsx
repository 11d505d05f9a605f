/** Why a form was not accepted: a list to work off, each entry leading to its field. */
import { useEffect, useRef } from 'react';
import { fieldProblemText, problemText } from '../api/problem';
import { Problem } from '../api/client';
import type { ControlPoint, FieldProblem, ProblemBody } from '../api/types';
import { placeOf, type FieldInfo } from '../forms/schema';
import { useI18n } from '../i18n';
import { detailText } from './ControlPoints';
import { Button } from '../ui/Button';

export type Obstacle =
  | { kind: 'fields'; fields: { field: string; text: string | null }[] }
  | { kind: 'refused'; problems: FieldProblem[] }
  | { kind: 'controlPoints'; points: NonNullable<ProblemBody['controlPoints']> }
  | { kind: 'stale' }
  | { kind: 'problem'; error: unknown };

/** What a refused completion or start means. */
export function obstacleOf(error: unknown): Obstacle {
  if (!(error instanceof Problem)) return { kind: 'problem', error };
  const body: ProblemBody = error.body;
  if (body.controlPoints?.length) return { kind: 'controlPoints', points: body.controlPoints };
  if (body.errors?.length) return { kind: 'refused', problems: body.errors };
  if (body.code === 'stale-revision') return { kind: 'stale' };
  return { kind: 'problem', error };
}

/** What still stands in the way after a change of the form: fields that are right now no longer do. */
export function remaining(obstacle: Obstacle | null, wrong: readonly FieldInfo[]): Obstacle | null {
  if (obstacle?.kind !== 'fields') return obstacle;
  const fields = obstacle.fields.filter(({ field }) => wrong.some((each) => each.path === field));
  if (fields.length === obstacle.fields.length) return obstacle;
  return fields.length > 0 ? { ...obstacle, fields } : null;
}

interface Props {
  obstacle: Obstacle;
  fields: readonly FieldInfo[];
  /** the control points of the task, whose bindings name fields */
  points?: readonly ControlPoint[];
  focusField: (path: string) => void;
}

export function Obstacles({ obstacle, fields, points = [], focusField }: Props) {
  const { language, pick, t } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  // when it appears the focus goes to it; not when its list gets shorter while somebody types
  useEffect(() => box.current?.focus(), [obstacle.kind]);

  const entries =
    obstacle.kind === 'fields'
      ? obstacle.fields
      : obstacle.kind === 'refused'
        ? obstacle.problems.map((problem) => ({
            field: problem.field,
            text: fieldProblemText(problem, language, t),
          }))
        : [];
  const labelOf = (field: string) => {
    const label = fields.find((each) => each.path === placeOf(field).path)?.label;
    return label ? pick(label.th, label.en) : field;
  };

  // the server names a field by its key
  const withLabels = (text: string) =>
    fields.reduce((all, { path }) => all.replaceAll(`(${path})`, `“${labelOf(path)}”`), text);
  const fieldOf = (id: string) => {
    const binding = points.find((point) => point.controlPointId === id)?.binding;
    const path = binding?.type === 'formField' ? binding.field : binding?.lateReasonsField;
    return fields.some((field) => field.path === path) ? path : null;
  };

  return (
    <div className="notice danger" role="alert" tabIndex={-1} ref={box}>
      {entries.length > 0 && (
        <>
          <p>{t('task.fixFields', { n: entries.length })}</p>
          <ul>
            {entries.map(({ field, text }) => (
              <li key={field}>
                <Button kind="quiet" small onPress={() => focusField(field)}>
                  {labelOf(field)}
                </Button>
                {text && <> {text}</>}
              </li>
            ))}
          </ul>
        </>
      )}
      {obstacle.kind === 'controlPoints' && (
        <>
          <p>{t('task.fixControlPoints')}</p>
          <ul>
            {obstacle.points.map((point) => (
              <li key={point.id}>
                {pick(point.text.th, point.text.en)}
                {point.detail && <div className="small">{withLabels(detailText(point.detail, pick, t))}</div>}
                {fieldOf(point.id) && (
                  <div>
                    <Button small onPress={() => focusField(fieldOf(point.id) ?? '')}>
                      {t('control.goto')}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {obstacle.kind === 'stale' && <p>{t('task.conflict')}</p>}
      {obstacle.kind === 'problem' && <p>{problemText(obstacle.error, language, t)}</p>}
    </div>
  );
}
