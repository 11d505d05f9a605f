/**
 * What was copied last, kept in the browser so that it can be pasted into another diagram in another tab. Elements are kept
 * as JSON; what they hold of the model is made anew by the diagram that they are pasted into.
 */
import type { Create } from './moddle';

const STORAGE = 'krabuan.modeler.clipboard';

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

function SharedClipboard(eventBus: EventBus, clipboard: Clipboard, moddle: { create: Create }) {
  // what was copied here is pasted as it is; the text of it tells whether something else was copied since
  let here: string | null = null;
  eventBus.on('copyPaste.elementsCopied', FIRST, ({ tree }) => {
    here = written(tree);
    keep(here);
  });
  const own = clipboard.get.bind(clipboard);
  clipboard.get = () => {
    const text = kept();
    if (!text || text === here) return own();
    return revived(text, (type, properties) => moddle.create(type, properties)) ?? own();
  };
}
SharedClipboard.$inject = ['eventBus', 'clipboard', 'moddle'];

export const clipboardModule = { __init__: ['krabuanClipboard'], krabuanClipboard: ['type', SharedClipboard] };

// a browser may forbid storage; then what is copied stays in its diagram
function keep(text: string): void {
  try {
    localStorage.setItem(STORAGE, text);
  } catch {
    // see above
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(STORAGE);
  } catch {
    return null;
  }
}
