import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseAppearance, followAppearance, readAppearance, USUAL } from '../../src/app/appearance';

const root = document.documentElement;
const KEY = 'krabuan.appearance';

/** A system that says yes to exactly these media queries; returns how it tells that something changed. */
function system(...said: string[]) {
  const listeners = new Set<() => void>();
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: said.some((each) => query.includes(each)),
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
  }));
  return (...next: string[]) => {
    said.splice(0, said.length, ...next);
    listeners.forEach((listener) => listener());
  };
}

beforeEach(() => {
  root.removeAttribute('style');
  delete root.dataset['theme'];
});

describe('the appearance', () => {
  it('is the usual one where nothing was chosen, and light where the system says nothing', () => {
    followAppearance();
    expect(readAppearance()).toEqual(USUAL);
    expect(root.dataset).toMatchObject({ theme: 'light', motion: 'usual' });
    expect(root.style.getPropertyValue('--text-size')).toBe('1');
  });

  it('follows the system, and its changes', () => {
    const change = system('prefers-color-scheme: dark');
    followAppearance();
    expect(root.dataset).toMatchObject({ theme: 'dark', motion: 'usual' });
    change('prefers-color-scheme: dark', 'prefers-contrast: more', 'prefers-reduced-motion');
    expect(root.dataset).toMatchObject({ theme: 'contrast', motion: 'reduced' });
    change();
    expect(root.dataset).toMatchObject({ theme: 'light', motion: 'usual' });
  });

  it('is what was chosen, whatever the system says, and is kept', () => {
    const change = system('prefers-color-scheme: dark');
    followAppearance();
    chooseAppearance({ theme: 'light', textSize: '175', still: true });
    expect(root.dataset).toMatchObject({ theme: 'light', motion: 'reduced' });
    expect(root.style.getPropertyValue('--text-size')).toBe('1.75');
    change('prefers-contrast: more');
    expect(root.dataset['theme']).toBe('light');
    expect(readAppearance()).toEqual({ theme: 'light', textSize: '175', still: true });
  });

  it('follows the choice in another tab', () => {
    followAppearance();
    localStorage.setItem(KEY, JSON.stringify({ ...USUAL, theme: 'contrast' }));
    window.dispatchEvent(new StorageEvent('storage', { key: KEY }));
    expect(root.dataset['theme']).toBe('contrast');
  });

  it.each(['{', 'null', '[]', '7', '{"theme":"pink","textSize":9000,"still":"yes"}', '{"theme":{"a":1}}'])(
    'is the usual one where what is kept makes no sense: %s',
    (kept) => {
      localStorage.setItem(KEY, kept);
      expect(readAppearance()).toEqual(USUAL);
    },
  );

  it('lasts as long as the page where the browser forbids storage', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError');
    });
    chooseAppearance({ ...USUAL, theme: 'dark' });
    expect(root.dataset['theme']).toBe('dark');
  });
});
