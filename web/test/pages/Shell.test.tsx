import { render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import { SessionProvider } from '../../src/app/session';
import { Shell } from '../../src/app/Shell';
import { LanguageProvider } from '../../src/i18n';
import { FakeEvents } from '../events';
import { me } from '../fixtures';
import { page, serve } from '../server';

const unread: object[] = [];

function open(secondFactorRequired: boolean, at: string) {
  const calls = serve({
    'GET /authentication/me': { ...me, secondFactorRequired },
    'POST /notifications/search': () => page(unread),
  });
  const pages = ['/', '/cases', '/account'].map((path) => ({ path, element: <p>{`page ${path}`}</p> }));
  const router = createMemoryRouter([{ element: <Shell />, children: pages }], { initialEntries: [at] });
  render(
    <LanguageProvider>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </LanguageProvider>,
  );
  return calls;
}

describe('the shell', () => {
  it('leads whoever must have a second factor to the account, and nowhere else', async () => {
    const calls = open(true, '/cases');
    await screen.findByText('page /account');
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(calls.map(({ path }) => path)).toEqual(['/authentication/me']);
  });

  it('leaves everybody else where they wanted to go', async () => {
    open(false, '/cases');
    await screen.findByText('page /cases');
    screen.getByRole('navigation');
  });

  it('counts what is unread, and counts again when the bell rings', async () => {
    const events = FakeEvents.install();
    open(false, '/cases');
    await screen.findByText('page /cases');
    unread.push({}, {}, {});
    events.send('notification', {});
    await screen.findByText('๓');
    unread.pop();
    events.send('notification', {});
    await screen.findByText('๒');
    unread.length = 0;
  });
});
