/** A stand-in for the browser's EventSource: tests send what the server would. */
import { vi } from 'vitest';

type Listener = (event: { data: string }) => void;

export class FakeEvents {
  static readonly CLOSED = 2;
  readonly readyState = 1;
  private readonly listeners = new Map<string, Set<Listener>>();
  private static last: FakeEvents | null = null;

  constructor(readonly url: string) {
    FakeEvents.last = this;
  }

  static install(): { send: (kind: string, data: object) => void } {
    vi.stubGlobal('EventSource', FakeEvents);
    return {
      send: (kind, data) => {
        for (const listener of FakeEvents.last?.listeners.get(kind) ?? []) listener({ data: JSON.stringify(data) });
      },
    };
  }

  addEventListener(kind: string, listener: Listener): void {
    const all = this.listeners.get(kind) ?? new Set();
    this.listeners.set(kind, all.add(listener));
  }

  close(): void {
    this.listeners.clear();
  }
}
