/** Reports on standard times. */
import type { Language } from '../i18n';
import { get, post, postForFile } from './client';
import type { components } from './generated';
import { saveFile } from './save';
import type { ProcessDefinition, SearchResult, UserTaskKey } from './types';

type Schemas = components['schemas'];
export type Report = Schemas['StandardTimeReport'];
export type ReportShare = Schemas['Share'];
export type ReportSpread = Schemas['Spread'];
export type Scope = Report['scope'];
export type PeriodKind = Report['period']['kind'];
export interface Period {
  kind: PeriodKind;
  /** a day in it, or the first one; as 2026-04-10 */
  from: string;
  /** the last day of a RANGE */
  to?: string;
}
export interface Wanted {
  processDefinitionId: string;
  period: Period;
  scope?: Scope;
}

export function getReport(wanted: Wanted, signal?: AbortSignal): Promise<Report> {
  return post('/reports/standard-time', wanted, signal);
}

/** Saves the report as a file of this browser. */
export async function saveReport(wanted: Wanted, format: 'csv' | 'xlsx', language: Language): Promise<void> {
  const file = await postForFile('/reports/standard-time/file', { ...wanted, format, language });
  saveFile(file, `${wanted.processDefinitionId}-${wanted.period.from}.${format}`);
}

/** Every process, by its latest version. */
export async function getProcesses(signal?: AbortSignal): Promise<ProcessDefinition[]> {
  const body = { filter: { isLatestVersion: true }, sort: [{ field: 'name', order: 'ASC' }], page: { limit: 1000 } };
  return (await post<SearchResult<ProcessDefinition>>('/process-definitions/search', body, signal)).items;
}

export type TimeLeft = Schemas['TimeLeft'];

export function getTimeLeft(task: UserTaskKey, signal?: AbortSignal): Promise<TimeLeft> {
  return get(`/user-tasks/${task}/standard-time`, signal);
}
