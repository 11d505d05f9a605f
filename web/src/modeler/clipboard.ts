/**
 * What was copied last, as long as the page is open, so that it can be pasted into another diagram. It is kept as JSON; what it
 * holds of the model is made anew by the diagram that it is pasted into.
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

/** Of all diagrams of this page; by whose clipboard it was copied. */
let last: { text: string; by: Clipboard } | null = null;

function SharedClipboard(eventBus: EventBus, clipboard: Clipboard, moddle: { create: Create }) {
  eventBus.on('copyPaste.elementsCopied', FIRST, ({ tree }) => {
    last = { text: written(tree), by: clipboard };
  });
  const own = clipboard.get.bind(clipboard);
  clipboard.get = () => {
    if (last === null || last.by === clipboard) return own();
    return revived(last.text, (type, properties) => moddle.create(type, properties)) ?? own();
  };
}
SharedClipboard.$inject = ['eventBus', 'clipboard', 'moddle'];

export const clipboardModule = { __init__: ['krabuanClipboard'], krabuanClipboard: ['type', SharedClipboard] };
