/** A page as the application draws it, for a signed-in person, at a path. */
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { expect } from 'vitest';
import { SessionProvider, useSession } from '../src/app/session';
import { LanguageProvider, type Language } from '../src/i18n';
import { AnnouncerProvider } from '../src/ui/Announcer';

interface Place {
  /** the route's pattern and the address opened */
  pattern: string;
  at: string;
  language?: Language;
}

/** The page is drawn once the session is known; the server must answer `GET /authentication/me`. */
export function renderPage(page: ReactNode, { pattern, at, language = 'th' }: Place) {
  const router = createMemoryRouter(
    [
      { path: pattern, element: <SignedIn>{page}</SignedIn> },
      { path: '*', element: <p>elsewhere</p> },
    ],
    { initialEntries: [at] },
  );
  const view = render(
    <LanguageProvider initial={language}>
      <SessionProvider>
        <AnnouncerProvider>
          <RouterProvider router={router} />
        </AnnouncerProvider>
      </SessionProvider>
    </LanguageProvider>,
  );
  return { ...view, router, user: userEvent.setup() };
}

function SignedIn({ children }: { children: ReactNode }) {
  const { state } = useSession();
  return state.kind === 'unknown' ? null : children;
}

/** No violation of WCAG 2.2 A and AA that can be seen without layout (contrast is checked in a real browser). */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}
