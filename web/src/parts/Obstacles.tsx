/** Why a form was not accepted: a list to work off, each entry leading to its field. */
import { useEffect, useRef } from 'react';
import { fieldProblemText, problemText } from '../api/problem';
import type { FieldProblem, ProblemBody } from '../api/types';
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
  focusField: (path: string) => void;
}

export function Obstacles({ obstacle, fields, focusField }: Props) {
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
                {detailText(point.text, pick)}
                {point.detail && <div className="small">{detailText(point.detail, pick)}</div>}
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
