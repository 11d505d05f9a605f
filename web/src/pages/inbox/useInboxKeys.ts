/**
 * The keys of the inbox. They go by the place of the key, so that they are the same on a Thai keyboard; `/` and `?` also
 * by what is typed, for keyboards that have them elsewhere. They rest while one types or a dialog is open, and can be
 * turned off (WCAG 2.1.4).
 */
import { useEffect, useRef, useState } from 'react';

export interface Handlers {
  claim: (key: string) => void;
  select: (key: string) => void;
  snooze: (key: string) => void;
  unread: (key: string) => void;
  clear: () => void;
  search: () => void;
  help: () => void;
}

/** Until the application is loaded anew: pages keep nothing in the browser. */
let lettersOn = true;
const TYPED_INTO = 'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu]';

export function useInboxKeys(handlers: Handlers): { on: boolean; turn: (on: boolean) => void } {
  const [on, setOn] = useState(lettersOn);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TYPED_INTO)) return;
      const row = target.closest<HTMLElement>('tr[data-key]');
      if (act(event, row, on, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [on]);
  const turn = (next: boolean) => {
    lettersOn = next;
    setOn(next);
  };
  return { on, turn };
}

/** Whether the key meant something here. Arrows move in the list only: elsewhere they scroll. */
function act(event: KeyboardEvent, row: HTMLElement | null, letters: boolean, handlers: Handlers): boolean {
  if (row && event.key in STEPS) return focusOn(STEPS[event.key]?.(row));
  if (row && event.key === 'Escape') {
    handlers.clear();
    return true;
  }
  if (!letters) return false;
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) handlers.help();
  else if (event.key === '/' || event.code === 'Slash') handlers.search();
  else if (event.shiftKey) return false;
  else if (event.code === 'KeyJ') return focusOn(row ? next(row) : rows()[0]);
  else if (event.code === 'KeyK') return focusOn(row ? previous(row) : rows().at(-1));
  else if (row && event.code === 'KeyC') handlers.claim(row.dataset['key'] ?? '');
  else if (row && event.code === 'KeyS') handlers.snooze(row.dataset['key'] ?? '');
  else if (row && event.code === 'KeyU') handlers.unread(row.dataset['key'] ?? '');
  else if (row && event.code === 'KeyX') handlers.select(row.dataset['key'] ?? '');
  else return false;
  return true;
}

const rows = () => [...document.querySelectorAll<HTMLElement>('tr[data-key]')];
const next = (row: HTMLElement) => rows()[rows().indexOf(row) + 1];
const previous = (row: HTMLElement) => rows()[rows().indexOf(row) - 1];
const STEPS: Record<string, (row: HTMLElement) => HTMLElement | undefined> = {
  ArrowDown: next,
  ArrowUp: previous,
  Home: () => rows()[0],
  End: () => rows().at(-1),
};

function focusOn(row: HTMLElement | undefined): boolean {
  row?.querySelector('a')?.focus();
  return row !== undefined;
}
