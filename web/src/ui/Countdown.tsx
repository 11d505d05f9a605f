/** Time left until a moment, kept current; drawn again only when its text changes. */
import { useCallback, useSyncExternalStore } from 'react';
import { now, onTick } from '../dates/clock';
import { countdownText, urgencyOf } from '../dates/countdown';
import { formatMoment } from '../dates/format';
import { useI18n } from '../i18n';

/** Whether the moment has passed by the server's clock; kept current. */
export function usePassed(moment: string | null | undefined): boolean {
  const snapshot = useCallback(() => Boolean(moment) && Date.parse(moment ?? '') <= now(), [moment]);
  return useSyncExternalStore(onTick, snapshot);
}

export function Countdown({ to, statutory = false }: { to: string; statutory?: boolean }) {
  const { language, t } = useI18n();
  const due = Date.parse(to);
  const text = useSyncExternalStore(
    onTick,
    useCallback(() => countdownText(due, now(), t), [due, t]),
  );
  const urgency = useSyncExternalStore(
    onTick,
    useCallback(() => urgencyOf(due, now()), [due]),
  );
  const date = formatMoment(to, language);
  return (
    <span className={`countdown ${statutory ? 'over' : urgency}`}>
      {statutory && <StatutoryClock />}
      <time dateTime={to} title={date}>
        {text}
      </time>
    </span>
  );
}

/** The red clock of a deadline that the law sets. */
export function StatutoryClock() {
  const { t } = useI18n();
  return (
    <svg
      className="statutory-clock"
      role="img"
      aria-label={t('inbox.statutory')}
      viewBox="0 0 20 20"
      width="18"
      height="18"
    >
      <circle cx="10" cy="10" r="8.5" fill="none" stroke="currentColor" strokeWidth="2.2" />
      <path d="M10 5v5.4l3.4 2" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
