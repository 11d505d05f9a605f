/** How a deadline stands, by the server's clock: between its end and the server's word of it, a page says so already. */
import type { Deadline, DeadlineState } from '../../api/types';
import { usePassed } from '../../ui/Countdown';

export const TONE: Record<DeadlineState, string> = {
  RUNNING: '',
  KEPT: 'good',
  MISSED: 'bad',
  LATE: 'warn',
  OUT_OF_TERM: 'bad',
  CANCELLED: '',
};

type Moments = Pick<Deadline, 'state' | 'dueAt' | 'lateUntil' | 'stoppedAt'>;

export function useDeadlineState({ state, dueAt, lateUntil, stoppedAt }: Moments): {
  state: DeadlineState;
  open: boolean;
} {
  const passed = usePassed(dueAt);
  const over = usePassed(lateUntil) && lateUntil !== null;
  const open = stoppedAt === null;
  if (!open || (state !== 'RUNNING' && state !== 'MISSED')) return { state, open };
  return { state: over ? 'OUT_OF_TERM' : passed ? 'MISSED' : 'RUNNING', open };
}
