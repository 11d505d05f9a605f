/** People, groups and roles from files: what would change, and the import itself. */
import { request } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];
export type PeopleImport = Schemas['PeopleImport'];
export type ChangeOfPerson = Schemas['ChangeOfPerson'];

/** One thing wrong with a file; `file` has the line, too. */
export interface ImportFault {
  file: string;
  elementId: string | null;
  th: string;
  en: string;
}

export interface Chosen {
  files: readonly File[];
  deactivateMissing: boolean;
}

async function send(path: string, { files, deactivateMissing }: Chosen, digest?: string): Promise<PeopleImport> {
  const body = new FormData();
  for (const file of files) body.append('files', file, file.name);
  body.append('deactivateMissing', String(deactivateMissing));
  if (digest !== undefined) body.append('digest', digest);
  return (await request<PeopleImport>(path, { method: 'POST', body })).data;
}

export const previewImport = (chosen: Chosen) => send('/people-imports/preview', chosen);

/** Does what was previewed; when that would be something else by now, it is refused and nothing is done. */
export const importPeople = (chosen: Chosen, digest: string) => send('/people-imports', chosen, digest);
