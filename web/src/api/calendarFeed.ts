/** The address by which calendar programs read one's due dates. */
import { get, post, request } from './client';
import type { CalendarFeed } from './types';

const MINE = '/authentication/me/calendar-feed';

export interface FeedChoice {
  groupTasks: boolean;
  statutory: boolean;
}

export const calendarFeed = (signal?: AbortSignal) => get<CalendarFeed>(MINE, signal);

/** The address, shown this once; one that there was opens nothing any more. */
export async function makeFeed(choice: FeedChoice): Promise<string> {
  return (await post<{ url: string }>(MINE, choice)).url;
}

export async function changeFeed(choice: FeedChoice): Promise<void> {
  await request(MINE, { method: 'PUT', body: choice });
}

export async function revokeFeed(): Promise<void> {
  await request(MINE, { method: 'DELETE' });
}
