/** Who else has the page of a task open. */
import { request } from './client';
import type { AtTask, UserTaskKey } from './types';

/** Says that one is there, and who else is. It holds for a minute. */
export async function beAtTask(key: UserTaskKey): Promise<AtTask[]> {
  return (await request<{ others: AtTask[] }>(`/user-tasks/${key}/presence`, { method: 'PUT' })).data.others;
}

export async function leaveTask(key: UserTaskKey): Promise<void> {
  await request(`/user-tasks/${key}/presence`, { method: 'DELETE' });
}
