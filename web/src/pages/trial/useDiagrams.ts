import { useCallback } from 'react';
import { getFileContent, type ModelDraft } from '../../api/modelDrafts';
import { useResource, type Resource } from '../../ui/useResource';

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

export interface DraftDiagram {
  path: string;
  xml: string;
  /** the ids of the processes that can run */
  processes: readonly string[];
}

/** Every diagram of a draft, read whole. */
export function useDiagrams({ draftKey, files }: ModelDraft): Resource<DraftDiagram[]> {
  const key = files
    .filter(({ kind }) => kind === 'BPMN')
    .map(({ path }) => path)
    .join('\n');
  return useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const paths = key ? key.split('\n') : [];
        const found = await Promise.all(paths.map((path) => getFileContent(draftKey, path, signal)));
        return found.map(({ path, content }) => ({ path, xml: content, processes: processesOf(content) }));
      },
      [draftKey, key],
    ),
  );
}

/** The ids of a diagram's executable processes; none of what cannot be read. */
export function processesOf(xml: string): string[] {
  const found = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS(BPMN, 'process');
  return [...found].flatMap((process) =>
    process.getAttribute('isExecutable') === 'true' ? (process.getAttribute('id') ?? []) : [],
  );
}
