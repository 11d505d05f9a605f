/** A draft saved while typing: some time after the last change, and at once when the page is left. */
import { useEffect, useState } from 'react';
import type { UserTaskKey, Variables } from '../../api/types';
import { discardDraft, saveDraft } from '../../api/userTasks';
import { now } from '../../dates/clock';

export type DraftState = { kind: 'none' } | { kind: 'saving' } | { kind: 'saved'; at: number } | { kind: 'failed' };

const PAUSE = 1200;
const AGAIN = 8000;

export class DraftKeeper {
  private pending: Variables | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private left = false;

  constructor(
    private readonly key: UserTaskKey,
    private readonly tell: (state: DraftState) => void,
  ) {}

  change(values: Variables): void {
    this.pending = values;
    if (!this.stopped) this.schedule(PAUSE);
  }

  /** Saves what is not saved yet. A save that fails is tried again until one succeeds or the page is left. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    const values = this.pending;
    if (!values || this.stopped) return;
    this.pending = null;
    this.tell({ kind: 'saving' });
    try {
      await saveDraft(this.key, values);
      this.tell({ kind: 'saved', at: now() });
    } catch {
      this.pending ??= values;
      this.tell({ kind: 'failed' });
      if (!this.left) this.schedule(AGAIN);
    }
  }

  /** Nothing is saved any more: the task is being completed. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The task could not be completed after all. */
  resume(): void {
    this.stopped = false;
    if (this.pending) this.schedule(PAUSE);
  }

  async discard(): Promise<void> {
    this.pending = null;
    clearTimeout(this.timer);
    await discardDraft(this.key);
    this.tell({ kind: 'none' });
  }

  /** The page is left: the last changes are saved, once. */
  leave(): void {
    this.left = true;
    void this.flush();
  }

  /** Undoes `leave`: in development React mounts, unmounts and mounts again. */
  enter(): void {
    this.left = false;
  }

  private schedule(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }
}

/** One keeper for as long as the page shows the task. */
export function useDraft(key: UserTaskKey): { state: DraftState; keeper: DraftKeeper } {
  const [state, setState] = useState<DraftState>({ kind: 'none' });
  const [keeper] = useState(() => new DraftKeeper(key, setState));
  useEffect(() => {
    keeper.enter();
    return () => keeper.leave();
  }, [keeper]);
  return { state, keeper };
}
