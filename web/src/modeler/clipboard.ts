/**
 * What was copied last, as long as a page is open, so that it can be pasted into another diagram, also in another tab of the
 * same site. It is kept as JSON; what it holds of the model is made anew by the diagram that it is pasted into.
 */
import type { Create } from './moddle';

interface Clipboard {
  get: () => unknown;
  set: (tree: unknown) => void;
}
interface EventBus {
  on: (event: string, priority: number, callback: (event: { tree?: unknown }) => void) => void;
}

const FIRST = 2050;

/** A copied tree as text. What leads back to the diagram it came from is left out. */
export function written(tree: unknown): string {
  return JSON.stringify(tree);
}

/** The tree with elements of the model made by `create` wherever one was; null when the text is none. */
export function revived(text: string, create: Create): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('$type' in value)) return value;
      const { $type, ...properties } = value as { $type: string };
      return create($type, properties);
    });
  } catch {
    return null;
  }
}

/** Of all diagrams of this site; by whose clipboard it was copied, null for one of another tab. */
let last: { text: string; by: Clipboard | null } | null = null;

/** The other tabs: what one copies is told to all; one that is opened later asks for it. */
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('krabuan.diagrams');
if (tabs) {
  tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === null && last !== null) tabs.postMessage(last.text);
    else if (typeof data === 'string') last = { text: data, by: null };
  };
  tabs.postMessage(null);
}

function SharedClipboard(eventBus: EventBus, clipboard: Clipboard, moddle: { create: Create }) {
  eventBus.on('copyPaste.elementsCopied', FIRST, ({ tree }) => {
    last = { text: written(tree), by: clipboard };
    tabs?.postMessage(last.text);
  });
  const own = clipboard.get.bind(clipboard);
  clipboard.get = () => {
    if (last === null || last.by === clipboard) return own();
    return revived(last.text, (type, properties) => moddle.create(type, properties)) ?? own();
  };
}
SharedClipboard.$inject = ['eventBus', 'clipboard', 'moddle'];

export const clipboardModule = { __init__: ['krabuanClipboard'], krabuanClipboard: ['type', SharedClipboard] };
