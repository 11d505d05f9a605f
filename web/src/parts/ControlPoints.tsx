/** Control points with their state and what is missing. */
import type { ReactNode } from 'react';
import type { ControlPoint, ControlPointState, Reason, Texts } from '../api/types';
import { formatMoment } from '../dates/format';
import { useI18n, type Translate } from '../i18n';
import { Person } from '../ui/Person';
import './control-points.css';

/** READY: not recorded yet, but what the control point asks for is filled in. */
export type ShownState = ControlPointState | 'READY';

const TONE: Record<ShownState, string> = { OPEN: 'warn', READY: 'good', PASSED: 'good', FAILED: 'bad', WAIVED: '' };
const SIGN: Record<ShownState, string> = { OPEN: '○', READY: '●', PASSED: '✓', FAILED: '✗', WAIVED: '–' };

interface Props {
  points: readonly ControlPoint[];
  stateOf?: (point: ControlPoint) => ShownState;
  /** what is missing, or what may be done about it */
  children?: (point: ControlPoint, state: ShownState) => ReactNode;
}

export function ControlPoints({ points, stateOf = (point) => point.state, children }: Props) {
  const { language, pick, t } = useI18n();
  if (points.length === 0) return <p className="muted">{t('control.none')}</p>;
  return (
    <ul className="plain-list control-points">
      {points.map((point) => {
        const state = stateOf(point);
        return (
          <li key={`${point.elementId ?? ''}/${point.controlPointId}/${point.recordedAt ?? ''}`}>
            <div className="control-point-head">
              <span className={`badge ${TONE[state]}`}>
                <span aria-hidden="true">{SIGN[state]} </span>
                {t(`control.${state}`)}
              </span>
              {!point.mandatory && <span className="muted small">{t('control.optional')}</span>}
            </div>
            <div>{pick(point.text.th, point.text.en)}</div>
            {point.detail && <div className="small">{detailText(point.detail, pick, t)}</div>}
            {point.recordedAt && (
              <div className="muted small">
                {formatMoment(point.recordedAt, language)} · <Person username={point.recordedBy} />
              </div>
            )}
            {children?.(point, state)}
          </li>
        );
      })}
    </ul>
  );
}

/** What was found, or the reason of a waiver. */
export function detailText(
  detail: Texts | Reason,
  pick: (th: string | null | undefined, en: string | null | undefined) => string,
  t: Translate,
): string {
  return 'reason' in detail ? t('control.reasonWas', { text: detail.reason }) : pick(detail.th, detail.en);
}
