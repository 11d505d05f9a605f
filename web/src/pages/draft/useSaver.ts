import { useEffect, useMemo } from 'react';
import { getFileContent, putFile, type FileContent } from '../../api/modelDrafts';
import { Saver } from '../../modeler/saver';

/** What has a file open to be changed. */
export interface OpenFile {
  subscribe: (listener: () => void) => () => void;
  /** `edition` grows with every change */
  snapshot: () => { edition: number };
  xml: () => string | Promise<string>;
}

/** Saves the file that is open in the editor; another editor begins with the file as it was opened. */
export function useSaver(draftKey: string, file: FileContent, editor: OpenFile | null): Saver {
  const { path, revision } = file;
  const saver = useMemo(
    () =>
      new Saver(
        {
          content: async () => {
            if (!editor) throw new Error('no file is open');
            return editor.xml();
          },
          put: (content, over) => putFile(draftKey, { path, content, revision: over }),
          latest: async () => (await getFileContent(draftKey, path)).revision,
        },
        revision,
      ),
    [draftKey, path, revision, editor],
  );
  useEffect(() => {
    let edition = 0;
    const stop = editor?.subscribe(() => {
      if (editor.snapshot().edition === edition) return;
      edition = editor.snapshot().edition;
      saver.changed();
    });
    return () => {
      stop?.();
      saver.close();
    };
  }, [editor, saver]);
  return saver;
}
