/**
 * What was copied last, told to the diagrams of other tabs so that it can be pasted there. Nothing of it is kept when the tabs
 * are closed. It travels as JSON; what it holds of the model is made anew by the diagram that it is pasted into.
 */
import type { Create } from './moddle';

const CHANNEL = 'krabuan.modeler.clipboard';

/** Either what was copied, or null: who opens a diagram asks what there is. */
type Message = { copied: string | null };

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
  const channel = new BroadcastChannel(CHANNEL);
  const tell = (copied: string | null) => channel.postMessage({ copied } satisfies Message);
  // what was copied here is pasted as it is, until something is copied elsewhere
  let last: string | null = null;
  let here = false;
  channel.onmessage = ({ data: { copied } }: MessageEvent<Message>) => {
    if (copied === null) return void (last !== null && tell(last));
    if (copied !== last) here = false;
    last = copied;
  };
  eventBus.on('copyPaste.elementsCopied', FIRST, ({ tree }) => {
    last = written(tree);
    here = true;
    tell(last);
  });
  eventBus.on('diagram.destroy', FIRST, () => channel.close());
  const own = clipboard.get.bind(clipboard);
  clipboard.get = () => {
    if (here || last === null) return own();
    return revived(last, (type, properties) => moddle.create(type, properties)) ?? own();
  };
  tell(null);
}
SharedClipboard.$inject = ['eventBus', 'clipboard', 'moddle'];

export const clipboardModule = { __init__: ['krabuanClipboard'], krabuanClipboard: ['type', SharedClipboard] };
