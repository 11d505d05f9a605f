import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { forgetOthers } from '../src/app/keptDrafts';
import { loadMessages } from '../src/i18n';

// the first test that draws a form loads the form viewer, which takes a while on a busy machine
configure({ asyncUtilTimeout: 15_000 });

await Promise.all([loadMessages('th'), loadMessages('en')]);

// what the page of another test left behind
beforeEach(() => forgetOthers(''));

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});
