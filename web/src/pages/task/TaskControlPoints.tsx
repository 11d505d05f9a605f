/** The control points of a task as it is being filled in, and their waiver by those who may waive them. */
import { useState } from 'react';
import type { Binding, ControlPoint, UserTask, Variables } from '../../api/types';
import { mayOwn, useMe } from '../../app/session';
import { isFilled, valueAt, type FieldInfo } from '../../forms/schema';
import { useI18n, type MessageKey } from '../../i18n';
import { ControlPoints, type ShownState } from '../../parts/ControlPoints';
import { Button } from '../../ui/Button';
import { isOpen } from '../../ui/taskNames';
import { WaiverDialog } from './WaiverDialog';

interface Props {
  task: UserTask;
  points: readonly ControlPoint[];
  fields: readonly FieldInfo[];
  filled: Variables;
  focusField: ((path: string) => void) | null;
  reload: () => void;
}

export function TaskControlPoints({ task, points, fields, filled, focusField, reload }: Props) {
  const { pick, t } = useI18n();
  const me = useMe();
  const [waived, setWaived] = useState<ControlPoint | null>(null);
  const mayWaive = isOpen(task) && task.assignee !== me.username && mayOwn(me, task.processDefinitionId);

  const fieldOf = (path: string) => {
    const label = fields.find((field) => field.path === path)?.label;
    return label ? pick(label.th, label.en) : path;
  };

  return (
    <>
      <ControlPoints points={points} stateOf={(point) => shownState(point, filled)}>
        {(point, state) => (
          <>
            {state === 'OPEN' && point.binding && <Missing binding={point.binding} fieldOf={fieldOf} />}
            <div className="row">
              {state === 'OPEN' && point.binding?.field && focusField && (
                <Button
                  small
                  aria-label={t('control.gotoField', { field: fieldOf(point.binding.field) })}
                  onPress={() => focusField(point.binding?.field ?? '')}
                >
                  {t('control.goto')}
                </Button>
              )}
              {mayWaive && point.state === 'OPEN' && (
                <Button
                  small
                  aria-label={t('control.waivePoint', { name: pick(point.text.th, point.text.en) })}
                  onPress={() => setWaived(point)}
                >
                  {t('control.waive')}
                </Button>
              )}
            </div>
          </>
        )}
      </ControlPoints>
      {waived && (
        <WaiverDialog
          task={task}
          point={waived}
          onClose={(done) => {
            setWaived(null);
            if (done) reload();
          }}
        />
      )}
    </>
  );
}

/** Only a field without a further condition can be judged here; all else is the server's. */
function shownState(point: ControlPoint, filled: Variables): ShownState {
  const { state, binding } = point;
  if (state !== 'OPEN' || binding?.type !== 'formField' || !binding.field || binding.expression) return state;
  return isFilled(valueAt(filled, binding.field)) ? 'READY' : 'OPEN';
}

function Missing({ binding, fieldOf }: { binding: Binding; fieldOf: (path: string) => string }) {
  const { t } = useI18n();
  const key: MessageKey =
    binding.type === 'formField' && binding.expression ? 'control.missing.value' : `control.missing.${binding.type}`;
  return <div className="small muted">{t(key, { field: binding.field ? fieldOf(binding.field) : '' })}</div>;
}
