/**
 * How the application looks to one person on this browser: theme, size of letters, motion.
 *
 * What was chosen stands on the root element (`data-theme`, `data-motion`, `--text-size`), where styles/base.css reads
 * it; "system" follows what the person told the system, also when that changes while a page is open.
 */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const TEXT_SIZES = ['100', '125', '150', '175', '200'] as const;

export type Theme = (typeof THEMES)[number];
/** Percent of the usual size. */
export type TextSize = (typeof TEXT_SIZES)[number];

export interface Appearance {
  theme: Theme;
  textSize: TextSize;
  /** Without motion whatever the system says; otherwise as the system says. */
  still: boolean;
}

export const USUAL: Appearance = { theme: 'system', textSize: '100', still: false };

const STORAGE = 'krabuan.appearance';
const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';
const STILL = '(prefers-reduced-motion: reduce)';

/** What was chosen on this browser; the usual for what is missing or cannot be read. */
export function readAppearance(): Appearance {
  const kept = keptChoice();
  return {
    theme: THEMES.find((each) => each === kept['theme']) ?? USUAL.theme,
    textSize: TEXT_SIZES.find((each) => each === kept['textSize']) ?? USUAL.textSize,
    still: kept['still'] === true,
  };
}

/** Keeps the choice for the next visit and shows it at once. */
export function chooseAppearance(chosen: Appearance): void {
  try {
    localStorage.setItem(STORAGE, JSON.stringify(chosen));
  } catch {
    // a browser may forbid storage; then the choice lasts as long as the page
  }
  show(chosen);
  for (const told of listeners) told();
}

const listeners = new Set<() => void>();

/** Tells whenever something is chosen on this page; returns how to stop that. */
export function onAppearance(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shows the choice now and whenever the system's, or that of another tab, changes. */
export function followAppearance(): void {
  const again = () => show(readAppearance());
  for (const query of [DARK, CONTRAST, STILL]) media(query)?.addEventListener('change', again);
  window.addEventListener('storage', (event) => event.key === STORAGE && again());
  again();
}

function show({ theme, textSize, still }: Appearance): void {
  const root = document.documentElement;
  root.dataset['theme'] = theme === 'system' ? systemTheme() : theme;
  root.dataset['motion'] = still || says(STILL) ? 'reduced' : 'usual';
  root.style.setProperty('--text-size', String(Number(textSize) / 100));
}

function systemTheme(): Exclude<Theme, 'system'> {
  if (says(CONTRAST)) return 'contrast';
  return says(DARK) ? 'dark' : 'light';
}

function says(query: string): boolean {
  return media(query)?.matches ?? false;
}

function media(query: string): MediaQueryList | null {
  return typeof window.matchMedia === 'function' ? window.matchMedia(query) : null;
}

function keptChoice(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}
