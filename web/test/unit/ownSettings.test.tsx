import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { useOwnSettings } from '../../src/app/useOwnSettings';
import { LanguageProvider, useI18n } from '../../src/i18n';
import { Reply, serve } from '../server';

const PLAIN = { theme: 'system', textSize: 100, still: false };
const settings = (language: string, rev: number) => ({ display: { language, ...PLAIN }, rev, tours: [] });

function signedIn(answer: unknown) {
  const calls = serve({
    'GET /authentication/me/settings': answer,
    'PUT /authentication/me/settings': new Reply(204),
  });
  const useBoth = () => ({ settings: useOwnSettings('dpo1'), ...useI18n() });
  const { result } = renderHook(useBoth, { wrapper: LanguageProvider });
  return { result, kept: () => calls.filter(({ method }) => method === 'PUT').map(({ body }) => body) };
}

beforeEach(() => localStorage.clear());

describe('how the application looks', () => {
  it('is as the account keeps it', async () => {
    const { result, kept } = signedIn(settings('en', 3));
    await waitFor(() => expect(result.current.language).toBe('en'));
    expect(kept()).toEqual([]);
  });

  it('is as it was chosen while the account was asked, and the account keeps that', async () => {
    let answer: (of: object) => void = () => undefined;
    const { result, kept } = signedIn(() => new Promise<object>((resolve) => (answer = resolve)));
    act(() => result.current.setLanguage('en'));
    await waitFor(() => expect(result.current.language).toBe('en'));
    act(() => answer(settings('th', 3)));
    await waitFor(() => expect(kept()).toEqual([{ language: 'en', ...PLAIN }]));
    expect(result.current.language).toBe('en');
  });
});
