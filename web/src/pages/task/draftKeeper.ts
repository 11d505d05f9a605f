/**
 * Saves a draft while typing: in this browser at once, on the server some time after the last change. The server's draft
 * is only replaced when it is the one this page goes on from.
 */
import { Problem } from '../../api/client';
import type { Variables } from '../../api/types';
import { discardDraft, getDraft, saveDraft } from '../../api/userTasks';
import { forgetHere, keepHere, type DraftPlace, type KeptDraft } from '../../app/keptDrafts';
import { now } from '../../dates/clock';
import { sameValues } from './sameValues';

export type DraftState =
  | { kind: 'none' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number }
  /** not on the server since then; `lasting`: kept so that it outlives the page */
  | { kind: 'failed'; error: unknown; since: number; lasting: boolean }
  /** the server has another draft by now: somebody must choose */
  | { kind: 'newer' };

export type DraftOwner = DraftPlace & Pick<KeptDraft, 'labels'>;

const PAUSE = 1200;
const AGAIN = 8000;
const PASSING = new Set([0, 401, 408, 429]);

export class DraftKeeper {
  private pending: Variables | null = null;
  private sent: Variables | null = null;
  /** what the server has of this page */
  private saved: Variables | null = null;
  private since: number | null = null;
  private lasting = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn: Promise<void> = Promise.resolve();
  private stopped = false;
  private left = false;
  private newer = false;

  constructor(
    private readonly owner: DraftOwner,
    private base: string | null,
    private readonly tell: (state: DraftState) => void,
  ) {}

  /** Whether something would be lost with the page. */
  get atRisk(): boolean {
    return !this.lasting && this.since !== null;
  }

  /** From now on in the place of this draft of the server; null: there is none. A choice that was asked for is made. */
  goOnFrom(base: string | null): void {
    this.base = base;
    if (!this.newer) return;
    this.newer = false;
    this.settled();
    this.tell({ kind: 'none' });
  }

  /** `since` is when the first of it was typed: now, unless an earlier page did. */
  change(values: Variables, since: number = now()): void {
    this.pending = values;
    this.since ??= since;
    this.keep(values);
    if (!this.stopped) this.schedule(PAUSE);
  }

  /** Saves what is not saved yet. A save that fails is tried again as long as that may help and the page is there. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.turn = this.turn.then(() => this.send());
    return this.turn;
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

  /** The task is completed: nothing of it stays in this browser. */
  done(): Promise<void> {
    this.settled();
    return forgetHere(this.owner);
  }

  async discard(): Promise<void> {
    clearTimeout(this.timer);
    await this.turn;
    this.settled();
    await discardDraft(this.owner.taskKey);
    await forgetHere(this.owner);
    this.base = null;
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

  private settled(): void {
    this.pending = this.sent = this.since = null;
  }

  private keep(values: Variables): void {
    const { owner, base, sent } = this;
    const draft = { ...owner, values, base, sent, since: this.since ?? now() };
    void keepHere(draft).then((lasting) => (this.lasting = lasting));
  }

  private schedule(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  private async send(): Promise<void> {
    const values = this.pending;
    if (!values || this.stopped || this.newer) return;
    this.pending = null;
    const before = this.sent;
    this.sent = values;
    this.keep(values);
    this.tell({ kind: 'saving' });
    try {
      this.base = await saveDraft(this.owner.taskKey, values, this.base);
      await this.succeeded(values);
    } catch (error) {
      this.pending ??= values;
      await this.failed(error, before);
    }
  }

  private async succeeded(values: Variables): Promise<void> {
    this.saved = values;
    const pending = this.pending as Variables | null;
    this.sent = null;
    this.since = pending ? now() : null;
    if (pending) this.keep(pending);
    else await forgetHere(this.owner);
    this.tell({ kind: 'saved', at: now() });
  }

  private async failed(error: unknown, before: Variables | null): Promise<void> {
    const { status, code } =
      error instanceof Problem ? { status: error.status, code: error.body.code } : { status: 500 };
    if (code === 'newer-draft') return await this.meet(before);
    // what was refused is not there; what was not answered may be
    if (status !== 0 && status < 500) this.sent = before;
    this.tell({ kind: 'failed', error, since: this.since ?? now(), lasting: this.lasting });
    if (!this.left && (PASSING.has(status) || status >= 500)) this.schedule(AGAIN);
  }

  /** Another draft is on the server: one's own whose answer was lost is gone on from, any other is asked about. */
  private async meet(before: Variables | null): Promise<void> {
    const there = await getDraft(this.owner.taskKey).catch(() => null);
    this.sent = null;
    if (there && [before, this.saved].some((mine) => mine && sameValues(there.variables, mine))) {
      this.base = there.savedAt;
      return await this.send();
    }
    this.newer = true;
    this.tell({ kind: 'newer' });
  }
}
