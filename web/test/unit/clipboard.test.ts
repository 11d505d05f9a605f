import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** All tabs of one site: what one says, the others hear. */
class Tabs {
  static open: Tabs[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor(readonly name: string) {
    Tabs.open.push(this);
  }
  postMessage(data: unknown) {
    for (const other of Tabs.open) if (other !== this && other.name === this.name) other.onmessage?.({ data });
  }
}

type Copied = (event: { tree?: unknown }) => void;
type Made = { krabuanClipboard: [string, (bus: object, clipboard: object, moddle: object) => void] };

/** A tab with one open diagram: copies a tree, and reads what a paste would take. */
async function tab() {
  vi.resetModules();
  const { clipboardModule } = await import('../../src/modeler/clipboard');
  return diagram(clipboardModule as unknown as Made);
}

function diagram({ krabuanClipboard: [, begin] }: Made) {
  let own: unknown = null;
  let copied: Copied = () => undefined;
  const clipboard = { get: () => own, set: (tree: unknown) => void (own = tree) };
  const moddle = { create: (type: string, properties: object) => ({ made: type, ...properties }) };
  begin({ on: (_event: string, _priority: number, callback: Copied) => (copied = callback) }, clipboard, moddle);
  return {
    copy: (tree: unknown) => {
      clipboard.set(tree);
      copied({ tree });
    },
    paste: () => clipboard.get(),
  };
}

const task = { 0: [{ id: 'a', businessObject: { $type: 'bpmn:Task', name: 'ตรวจ' } }] };
const revived = { 0: [{ id: 'a', businessObject: { made: 'bpmn:Task', name: 'ตรวจ' } }] };

describe('what was copied from a diagram', () => {
  beforeEach(() => {
    Tabs.open = [];
    vi.stubGlobal('BroadcastChannel', Tabs);
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('can be pasted in another tab, also in one that is opened later', async () => {
    const first = await tab();
    const second = await tab();
    expect(second.paste()).toBeNull();
    first.copy(task);
    expect(second.paste()).toEqual(revived);
    expect((await tab()).paste()).toEqual(revived);
  });

  it('is the last of all tabs', async () => {
    const first = await tab();
    const second = await tab();
    first.copy(task);
    second.copy({ 0: [] });
    expect(first.paste()).toEqual({ 0: [] });
    expect(second.paste()).toEqual({ 0: [] });
  });

  it('is as it was in the diagram that it was copied from', async () => {
    const first = await tab();
    first.copy(task);
    expect(first.paste()).toBe(task);
  });

  it('is not what is no tree', async () => {
    const first = await tab();
    for (const data of [7, { text: 'x' }, '{', '{"$type"']) Tabs.open[0]?.onmessage?.({ data });
    expect(first.paste()).toBeNull();
  });

  it('stays in the page where tabs cannot speak to each other', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const first = await tab();
    first.copy(task);
    expect(first.paste()).toBe(task);
  });
});
