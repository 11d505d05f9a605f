/** Where the files of a form go while it is filled in. */
import { removeFile, uploadFile, type Destination } from '../api/documents';
import type { Upload } from '../api/client';
import type { DocumentReference } from '../api/types';

export interface FileDesk {
  /** `key` is the same for a repetition of the same upload. */
  upload: (file: File, key: string, options: Upload) => Promise<DocumentReference>;
  /** Takes away what was uploaded and not handed in; where that fails, the server forgets it with the draft. */
  forget: (documentId: string) => Promise<void>;
}

export function deskFor(to: () => Destination): FileDesk {
  return {
    upload: (file, key, options) => uploadFile(file, to(), key, options),
    forget: (documentId) => removeFile(documentId).catch(() => undefined),
  };
}
