import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TaskFacts } from '../../src/pages/task/TaskFacts';
import { me, userTask } from '../fixtures';
import { renderPage } from '../render';
import { serve } from '../server';

const DUE = '2099-04-20T09:30:00.000000Z';
const place = { pattern: '/', at: '/' };

function shown(workingSecondsLeft: number | null, changes = {}) {
  const calls = serve({
    'GET /authentication/me': me,
    'GET /user-tasks/11/standard-time': { standardDueDate: DUE, calendar: 'working', workingSecondsLeft },
  });
  const task = userTask({ userTaskKey: '11', dueDate: DUE, standardDueDate: DUE, ...changes });
  renderPage(<TaskFacts task={task} />, place);
  return calls;
}

describe('the facts of a task', () => {
  it('tell what is left in office time, where the time is counted so', async () => {
    shown(77_400);
    expect(await screen.findByText('เหลือเวลาทำการ ๒๑.๕ ชม.')).toBeTruthy();
  });

  it('tell nothing of office time otherwise', async () => {
    const calls = shown(null);
    await waitFor(() => expect(calls.some((call) => call.path.endsWith('/standard-time'))).toBe(true));
    expect(screen.queryByText(/เวลาทำการ/)).toBeNull();
  });

  it('do not ask for it where there is no standard time', async () => {
    const calls = shown(null, { standardDueDate: null });
    await screen.findByText(/เหลือ/);
    expect(calls.some((call) => call.path.endsWith('/standard-time'))).toBe(false);
  });

  it('tell of a completed task whether it was kept', async () => {
    const done = { state: 'COMPLETED' as const, completionDate: '2026-04-11T00:00:00.000Z' };
    shown(null, { ...done, standardDueDate: '2026-04-10T00:00:00.000Z' });
    expect(await screen.findByText('เกินเวลามาตรฐาน')).toBeTruthy();
  });
});
