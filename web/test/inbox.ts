/** The inbox before a stand-in for the server. */
import { screen, within } from '@testing-library/react';
import type { UserTask } from '../src/api/types';
import { aside, me } from './fixtures';
import { page, Reply, serve, type Routes } from './server';

export const HOUR = 3_600_000;
/** A moment so far from now. */
export const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

export function inbox(tasks: UserTask[], more: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    ...aside,
    'POST /process-definitions/search': page([]),
    'POST /groups/search': page([]),
    'POST /user-tasks/search': () => page(tasks),
    ...Object.fromEntries(tasks.map((task) => [`GET /user-tasks/${task.userTaskKey}`, () => task])),
    ...more,
  });
}

/** The server keeps what is marked. */
export function marking(task: UserTask): Routes {
  return {
    [`PATCH /user-tasks/${task.userTaskKey}/mark`]: ({ body }: { body: unknown }) => {
      Object.assign(task, body);
      return new Reply(204);
    },
  };
}

export const lists = async () => within(await screen.findByRole('navigation', { name: 'มุมมองรายการงาน' }));
/** What was asked for last. */
export const asked = (calls: ReturnType<typeof serve>) =>
  calls.filter(({ path }) => path === '/user-tasks/search').at(-1)?.body as { filter: object; sort: object };
