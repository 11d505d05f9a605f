import { useCallback, useState } from 'react';
import { layOut, restoreFile } from '../../api/modelDrafts';
import { putPattern } from '../../api/modelPatterns';
import { useI18n } from '../../i18n';

export interface Drawn {
  /** the revision before, and that with the new drawing */
  before: number;
  after: number;
  /** what was done besides drawing it anew */
  done: 'layout' | 'pattern';
}

/**
 * Draws a diagram anew on the server, by itself or with a pattern put in, and takes that back: each is a revision of the
 * file, which is then read again.
 */
export function useLayout(draftKey: string, path: string, reload: () => void) {
  const { t } = useI18n();
  const [drawn, setDrawn] = useState<Drawn | null>(null);

  const drawAnew = useCallback(
    async (before: number) => {
      const after = await layOut(draftKey, path, before);
      if (after === before) return t('layout.asItWas');
      setDrawn({ before, after, done: 'layout' });
      reload();
      return t('layout.done');
    },
    [draftKey, path, reload, t],
  );

  const putIn = useCallback(
    async (before: number, patternId: string, elementId: string) => {
      const after = await putPattern(draftKey, { path, revision: before, patternId, elementId });
      setDrawn({ before, after, done: 'pattern' });
      reload();
      return t('pattern.done');
    },
    [draftKey, path, reload, t],
  );

  /** Rejects with 409 when the diagram was changed since: then only its own undo helps. */
  const takeBack = useCallback(async () => {
    if (drawn) await restoreFile(draftKey, { path, to: drawn.before, revision: drawn.after });
    setDrawn(null);
    reload();
    return t(drawn?.done === 'pattern' ? 'pattern.takenBack' : 'layout.takenBack');
  }, [draftKey, path, drawn, reload, t]);

  return { drawn, drawAnew, putIn, takeBack };
}
