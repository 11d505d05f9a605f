/** Notices that a task which one was filling in is not one's own any more, by another's doing. */
import { useEffect, useRef, useState } from 'react';
import type { UserTask, Variables } from '../../api/types';
import { keepHere } from '../../app/keptDrafts';
import { now } from '../../dates/clock';
import { isOpen } from '../../ui/taskNames';
import type { DraftOwner } from './draftKeeper';

/** What happened to it: completed; ended with its case, or sent back; another's; nobody's; closed to oneself. */
export type Taken = 'done' | 'ended' | 'theirs' | 'free' | 'lost';

interface Now {
  task: UserTask;
  mine: boolean;
  /** the server does not show it to this person any more */
  lost: boolean;
  /** one is giving it away, or has done so, oneself */
  own: boolean;
  owner: DraftOwner;
  /** what was typed, on this page or before; null: nothing */
  typed: () => Variables | null;
}

/** `kept` counts how often something was kept in this browser because of it. */
export function useTakenAway({ task, mine, lost, own, owner, typed }: Now): {
  taken: Taken | null;
  kept: number;
} {
  const [was, setWas] = useState(mine);
  const [kept, setKept] = useState(0);
  const latest = useRef({ owner, typed });
  useEffect(() => {
    latest.current = { owner, typed };
  });
  if (mine && !was) setWas(true);
  const helped = task.delegationState === 'PENDING' && task.owner === owner.inNameOf;
  const taken = !was || mine || own || helped ? null : takenBy(task, lost);
  const gone = taken !== null;
  useEffect(() => {
    const values = gone ? latest.current.typed() : null;
    if (!values) return;
    const draft = { ...latest.current.owner, values, base: null, sent: null, since: now() };
    void keepHere(draft).then(() => setKept((count) => count + 1));
  }, [gone]);
  return { taken, kept };
}

function takenBy(task: UserTask, lost: boolean): Taken {
  if (lost) return 'lost';
  if (task.state === 'COMPLETED') return 'done';
  if (!isOpen(task)) return 'ended';
  return task.assignee === null ? 'free' : 'theirs';
}
