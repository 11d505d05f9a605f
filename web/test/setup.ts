import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// the first test that draws a form loads the form viewer, which takes a while on a busy machine
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});
