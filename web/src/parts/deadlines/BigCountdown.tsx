/** The time that is left until a moment, or that has passed since, in large numbers; kept current. */
import { useCallback, useSyncExternalStore } from 'react';
import { now, onTick } from '../../dates/clock';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n, type MessageKey } from '../../i18n';

const UNITS: readonly [MessageKey, number, number][] = [
  ['deadline.day', 86_400, Infinity],
  ['deadline.hour', 3_600, 24],
  ['deadline.minute', 60, 60],
  ['deadline.second', 1, 60],
];

export function BigCountdown({ to }: { to: string }) {
  const { language, t } = useI18n();
  const due = Date.parse(to);
  const seconds = useSyncExternalStore(
    onTick,
    useCallback(() => Math.floor((due - now()) / 1000), [due]),
  );
  const over = seconds < 0;
  const span = Math.abs(seconds);
  // who listens to the page hears it when asked for, not each second
  return (
    <div className={`big-countdown ${over ? 'over' : ''}`} role="timer" aria-live="off">
      <div className="big-countdown-says">{t(over ? 'deadline.over' : 'deadline.left')}</div>{' '}
      <time dateTime={to} title={formatMoment(to, language)} className="big-countdown-parts">
        {UNITS.map(([unit, length, most]) => (
          <span key={unit} className="big-countdown-part">
            <span className="big-countdown-number">{formatNumber(Math.floor(span / length) % most, language)}</span>{' '}
            <span className="big-countdown-unit">{t(unit)}</span>{' '}
          </span>
        ))}
      </time>
    </div>
  );
}
