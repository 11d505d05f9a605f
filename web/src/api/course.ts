/** What comes after a task, and what was filled in before it. */
import { get, post, request } from './client';
import type { Course, FilledForm, ProcessInstanceKey, SearchResult, UserTask, UserTaskKey } from './types';

/** The steps that may follow, by the deployed diagram, the nearest first. */
export async function getNextSteps(key: UserTaskKey, signal?: AbortSignal): Promise<Course['next']> {
  return (await get<Course>(`/user-tasks/${key}/course`, signal)).next;
}

/** The form of a finished task as it was sent; null: nobody sent it. */
export async function getFilledForm(key: UserTaskKey, signal?: AbortSignal): Promise<FilledForm | null> {
  const { status, data } = await request<FilledForm>(`/user-tasks/${key}/filled-form`, signal ? { signal } : {});
  return status === 204 ? null : data;
}

/** The finished tasks of a case, the latest first. */
export function searchFinished(
  key: ProcessInstanceKey,
  page: { limit: number; after?: string | undefined },
  signal?: AbortSignal,
): Promise<SearchResult<UserTask>> {
  const body = {
    filter: { processInstanceKey: key, state: 'COMPLETED' },
    sort: [{ field: 'completionDate', order: 'DESC' }],
    page: { limit: page.limit, ...(page.after && { after: page.after }) },
  };
  return post('/user-tasks/search', body, signal);
}
