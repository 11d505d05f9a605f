/** A file saved as it is changed: soon after each change, one request at a time, never over another person's change. */
import { Problem } from '../api/client';

export interface SavingState {
  kind: 'saved' | 'changed' | 'saving' | 'failed' | 'stale';
  error: unknown;
  /** of the file, as it was saved or opened last */
  revision: number;
}

interface Wiring {
  /** the present content */
  content: () => Promise<string>;
  /** writes over exactly this revision; resolves to the new one */
  put: (content: string, revision: number) => Promise<number>;
  /** the revision that the server has now */
  latest: () => Promise<number>;
}

/** How long nothing is changed before it is saved, and how long until it is tried again; ms. */
export const PAUSE = 1_200;
export const AGAIN = 10_000;

export class Saver {
  private state: SavingState;
  private readonly listeners = new Set<() => void>();
  private edition = 0;
  private saved = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private running: Promise<boolean> | null = null;

  constructor(
    private readonly wiring: Wiring,
    revision: number,
  ) {
    this.state = { kind: 'saved', error: null, revision };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): SavingState => this.state;

  /** Something was changed: it will be saved. What another person was faster with waits for a decision. */
  readonly changed = (): void => {
    this.edition += 1;
    if (this.state.kind === 'stale') return;
    this.tell({ kind: 'changed', error: null });
    this.later(PAUSE);
  };

  /** Saves what is not saved yet; resolves to whether everything is. */
  readonly settled = async (): Promise<boolean> => {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    while (this.saved !== this.edition) {
      this.running ??= this.once().finally(() => (this.running = null));
      if (!(await this.running)) return false;
    }
    return true;
  };

  /** Saves over what another person changed meanwhile. */
  readonly saveOver = async (): Promise<void> => {
    try {
      this.tell({ revision: await this.wiring.latest() });
    } catch (error) {
      this.tell({ error });
      return;
    }
    await this.settled();
  };

  /** Saves once more what is not saved yet; after that nothing is tried again. */
  readonly close = (): void => {
    this.closed = true;
    void this.settled();
  };

  private async once(): Promise<boolean> {
    const wanted = this.edition;
    this.tell({ kind: 'saving', error: null });
    try {
      const revision = await this.wiring.put(await this.wiring.content(), this.state.revision);
      this.saved = wanted;
      this.tell({ kind: this.saved === this.edition ? 'saved' : 'changed', revision });
      return true;
    } catch (error) {
      const stale = error instanceof Problem && error.status === 409;
      this.tell({ kind: stale ? 'stale' : 'failed', error });
      if (!stale) this.later(AGAIN);
      return false;
    }
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => void this.settled(), ms);
  }

  private tell(changes: Partial<SavingState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}
