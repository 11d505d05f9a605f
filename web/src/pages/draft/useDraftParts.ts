import { useCallback } from 'react';
import { getFileContent, type ModelDraft } from '../../api/modelDrafts';
import { partsOf, type DraftParts } from '../../modeler/parts';
import { useResource } from '../../ui/useResource';

const NONE: DraftParts = { forms: [], decisions: [] };

/** The forms and decisions that the diagrams of a draft may use; none while they are read. */
export function useDraftParts({ draftKey, files }: ModelDraft): DraftParts {
  const paths = files.filter(({ kind }) => kind === 'FORM' || kind === 'DMN').map(({ path }) => path);
  const key = paths.join('\n');
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const wanted = key ? key.split('\n') : [];
        return partsOf(await Promise.all(wanted.map((path) => getFileContent(draftKey, path, signal))));
      },
      [draftKey, key],
    ),
  );
  return found.data ?? NONE;
}
