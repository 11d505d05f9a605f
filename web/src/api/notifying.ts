/** How people are notified: one's own choices, the texts of mails, and what could not be delivered. */
import { get, post, request } from './client';
import type {
  DeadLetter,
  NotificationPreference,
  NotificationPreview,
  NotificationTemplate,
  SearchResult,
} from './types';

const MINE = '/authentication/me/notification-preferences';
const TEMPLATES = '/notification-templates';

export const preference = (signal?: AbortSignal) => get<NotificationPreference>(MINE, signal);

/** Refused when it was changed elsewhere since it was read. */
export async function setPreference({ rev, ...chosen }: NotificationPreference): Promise<void> {
  await request(MINE, { method: 'PUT', body: chosen, headers: { 'If-Match': `"${rev}"` } });
}

export async function templates(signal?: AbortSignal): Promise<NotificationTemplate[]> {
  return (await get<{ items: NotificationTemplate[] }>(TEMPLATES, signal)).items;
}

interface Written {
  subject: string;
  text: string;
}

export async function setTemplate(template: NotificationTemplate, written: Written): Promise<void> {
  const path = `${TEMPLATES}/${template.templateId}`;
  await request(path, { method: 'PUT', body: written, headers: { 'If-Match': `"${template.rev}"` } });
}

/** Back to the built-in text. */
export async function resetTemplate(template: NotificationTemplate): Promise<void> {
  const path = `${TEMPLATES}/${template.templateId}`;
  await request(path, { method: 'DELETE', headers: { 'If-Match': `"${template.rev}"` } });
}

/** The mail with values of nobody and no case. */
export const previewTemplate = (id: string, written: Written) =>
  post<NotificationPreview>(`${TEMPLATES}/${id}/preview`, written);

export function deadLetters(limit: number, signal?: AbortSignal): Promise<SearchResult<DeadLetter>> {
  const body = { sort: [{ field: 'createdAt', order: 'DESC' }], page: { limit } };
  return post('/dead-letters/search', body, signal);
}

export async function retryLetter(key: string, reason: string): Promise<void> {
  await post(`/dead-letters/${key}/retry`, { reason });
}

export async function dropLetter(key: string, reason: string): Promise<void> {
  await post(`/dead-letters/${key}/drop`, { reason });
}
