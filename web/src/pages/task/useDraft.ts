/** One keeper of the draft for as long as the page shows the task. */
import { useEffect, useMemo, useState } from 'react';
import type { UserTaskKey } from '../../api/types';
import { inTheNameOf, useMe } from '../../app/session';
import type { FieldInfo } from '../../forms/schema';
import { DraftKeeper, type DraftOwner, type DraftState } from './draftKeeper';
import type { TaskContent } from './useTask';

/**
 * It goes on from the draft in `content`, each time that is read anew; what was found in this browser and is shown is
 * sent at once. When the connection is back, what waits is sent; a page that would take something with it asks before it
 * is closed.
 */
export function useDraft(owner: DraftOwner, content: TaskContent): { state: DraftState; keeper: DraftKeeper } {
  const [state, setState] = useState<DraftState>({ kind: 'none' });
  const [keeper] = useState(() => new DraftKeeper(owner, content.base, setState));
  useEffect(() => {
    keeper.goOnFrom(content.base);
    if (content.unsentIs !== 'opened' || !content.unsent) return;
    keeper.change(content.unsent.values, content.unsent.since);
    void keeper.flush();
  }, [keeper, content]);
  useEffect(() => {
    const again = () => void keeper.flush();
    const ask = (event: BeforeUnloadEvent) => {
      if (keeper.atRisk) event.preventDefault();
    };
    keeper.enter();
    window.addEventListener('online', again);
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('online', again);
      window.removeEventListener('beforeunload', ask);
      keeper.leave();
    };
  }, [keeper]);
  return { state, keeper };
}

/** The signed-in person's draft of a task. */
export function useDraftOwner(taskKey: UserTaskKey, fields: readonly FieldInfo[]): DraftOwner {
  const me = useMe();
  const inNameOf = inTheNameOf(me);
  return useMemo(() => {
    const labels = fields.map(({ path, label }) => ({ path, label }));
    return { username: me.username, inNameOf, taskKey, labels };
  }, [me.username, inNameOf, taskKey, fields]);
}
