/** The Git source: a repository that drafts are taken from. */
import { get, post } from './client';
import type { components } from './generated';
import type { SearchResult } from './types';

type Schemas = components['schemas'];

export type GitSource = Schemas['GitSource'];
export type GitReference = Schemas['GitReference'];
export type GitProcess = Schemas['GitProcess'];
export type GitCommit = Schemas['GitCommit'];

const PAGE = 30;

export const getSource = (signal?: AbortSignal) => get<GitSource>('/git-source', signal);

/** The processes at a branch or tag that one owns, by id. */
export function sourceProcesses(
  reference: string,
  after: string | undefined,
  signal?: AbortSignal,
  limit = PAGE,
): Promise<SearchResult<GitProcess>> {
  return post(
    '/git-source/processes/search',
    { filter: { reference }, page: { limit, ...(after && { after }) } },
    signal,
  );
}

/** How one process stands at a branch; null when it is not there. */
export async function sourceProcess(
  reference: string,
  processDefinitionId: string,
  signal?: AbortSignal,
): Promise<GitProcess | null> {
  const filter = { reference, processDefinitionId };
  const found = await post<SearchResult<GitProcess>>('/git-source/processes/search', { filter }, signal);
  return found.items[0] ?? null;
}

/** The commits that changed a process, the newest first. */
export function sourceCommits(
  reference: string,
  processDefinitionId: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<GitCommit>> {
  const filter = { reference, processDefinitionId };
  return post('/git-source/commits/search', { filter, page: { limit: PAGE, ...(after && { after }) } }, signal);
}

/** A draft with the files that the process has at a commit. */
export function takeFromSource(from: {
  reference: string;
  commitId: string;
  processDefinitionId: string;
  name: string;
}): Promise<Schemas['GitDraft']> {
  return post('/git-source/drafts', from);
}

/** The branch that is offered first: the one that the repository stands at, else the first there is. */
export function offered({ references }: GitSource): GitReference | undefined {
  return references.find(({ chosen }) => chosen) ?? references[0];
}

/** As people tell commits apart. */
export const shortId = (commitId: string) => commitId.slice(0, 10);
