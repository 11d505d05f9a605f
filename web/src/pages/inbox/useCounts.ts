/** How many tasks each list has; read again when tasks change, and after what one did oneself. */
import { useCallback } from 'react';
import { useLive } from '../../api/events';
import { getCounts } from '../../api/inbox';
import type { InboxCount } from '../../api/types';
import { useResource } from '../../ui/useResource';

const CALM = 3000;

/** Without an answer no list shows a number: the lists themselves say what is wrong. */
export function useCounts(): { counts: ReadonlyMap<string, InboxCount>; reload: () => void } {
  const { data, reload } = useResource(useCallback((signal: AbortSignal) => getCounts(signal), []));
  useLive((event) => event.kind === 'user-task', reload, CALM);
  return { counts: new Map((data ?? []).map((each) => [each.view, each])), reload };
}
