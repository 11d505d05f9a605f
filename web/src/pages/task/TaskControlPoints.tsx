/** The control points of a task as it is being filled in, and the request that one is waived, which another approves. */
import { useState } from 'react';
import { askForWaiver } from '../../api/interventions';
import type { Binding, ControlPoint, Intervention, UserTask, Variables } from '../../api/types';
import { inTheNameOf, mayOwn, useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { isFilled, valueAt, type FieldInfo } from '../../forms/schema';
import { useI18n, type MessageKey } from '../../i18n';
import { ControlPoints, type ShownState } from '../../parts/ControlPoints';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { isClaimable } from '../../ui/taskNames';
import { useJudged } from './useJudged';

interface Props {
  task: UserTask;
  points: readonly ControlPoint[];
  /** the requests that wait for approval */
  waivers: readonly Intervention[];
  fields: readonly FieldInfo[];
  filled: Variables;
  focusField: ((path: string) => void) | null;
  reload: () => void;
}

export function TaskControlPoints({ task, points, waivers, fields, filled, focusField, reload }: Props) {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const [waived, setWaived] = useState<ControlPoint | null>(null);
  const works = task.assignee === inTheNameOf(me) || isClaimable(task, me);
  const mayAsk = task.state === 'CREATED' && (works || mayOwn(me, task.processDefinitionId));
  const askedFor = (point: ControlPoint) => waivers.find((w) => w.request.control_point_id === point.controlPointId);

  const mine = task.state === 'CREATED' && task.assignee === inTheNameOf(me);
  const judged = useJudged(task.userTaskKey, points, filled, mine);
  const stateOf = (point: ControlPoint) => shownState(point, filled, judged);
  const mandatory = points.filter((point) => point.mandatory);
  const holding = mandatory.filter((point) => stateOf(point) !== 'OPEN');

  const fieldOf = (path: string) => {
    const label = fields.find((field) => field.path === path)?.label;
    return label ? pick(label.th, label.en) : path;
  };

  return (
    <>
      <p role="status" className="small">
        {mine &&
          mandatory.length > 0 &&
          t('judged.count', {
            n: formatNumber(holding.length, language),
            of: formatNumber(mandatory.length, language),
          })}
      </p>
      <ControlPoints points={points} stateOf={stateOf}>
        {(point, state) => (
          <>
            {state === 'OPEN' && point.binding && (
              <Missing binding={point.binding} fieldOf={fieldOf} refused={judged.get(point.controlPointId) === false} />
            )}
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
              {mayAsk && point.state === 'OPEN' && !askedFor(point) && (
                <Button
                  small
                  aria-label={t('control.askPoint', { name: pick(point.text.th, point.text.en) })}
                  onPress={() => setWaived(point)}
                >
                  {t('control.ask')}
                </Button>
              )}
            </div>
            <Asked waiver={askedFor(point)} />
          </>
        )}
      </ControlPoints>
      {waived && (
        <ReasonDialog
          title={t('control.askTitle')}
          hint={t('control.askHint')}
          action={t('control.ask')}
          onSubmit={async (reason) => {
            await askForWaiver(task.userTaskKey, waived.controlPointId, reason);
            announce(t('intervention.sent'));
            reload();
          }}
          onClose={() => setWaived(null)}
        >
          <p>{pick(waived.text.th, waived.text.en)}</p>
        </ReasonDialog>
      )}
    </>
  );
}

function Asked({ waiver }: { waiver: Intervention | undefined }) {
  const { t } = useI18n();
  const name = usePersonName(waiver?.requestedBy);
  if (!waiver) return null;
  return (
    <div className="small">
      <span className="badge warn">{t('control.asked')}</span> {t('control.askedBy', { name })} ·{' '}
      {t('intervention.reason', { text: waiver.reason })}
    </div>
  );
}

/** What the server judged; until then, only a field without a further condition can be. */
function shownState(point: ControlPoint, filled: Variables, judged: ReadonlyMap<string, boolean>): ShownState {
  const { state, binding } = point;
  const known = judged.get(point.controlPointId);
  const here = binding?.type === 'formField' && !binding.expression;
  if (state === 'OPEN' && known !== undefined && !here) return known ? 'READY' : 'OPEN';
  if (state !== 'OPEN' || binding?.type !== 'formField' || !binding.field || binding.expression) return state;
  return isFilled(valueAt(filled, binding.field)) ? 'READY' : 'OPEN';
}

interface MissingProps {
  binding: Binding;
  fieldOf: (path: string) => string;
  /** the server found that it does not hold with what is filled in */
  refused: boolean;
}

function Missing({ binding, fieldOf, refused }: MissingProps) {
  const { t } = useI18n();
  const key: MessageKey =
    binding.type === 'formField' && binding.expression ? 'control.missing.value' : `control.missing.${binding.type}`;
  if (refused && binding.type === 'condition') return <div className="small muted">{t('judged.condition')}</div>;
  return <div className="small muted">{t(key, { field: binding.field ? fieldOf(binding.field) : '' })}</div>;
}
