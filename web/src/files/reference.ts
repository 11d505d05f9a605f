/** References to files as forms and variables hold them: the server's own, and form-js's text `files::<id>`. */

export interface FileFacts {
  documentId: string;
  /** what it is called, as a text and nothing else; null where the reference does not say */
  name: string | null;
  size: number | null;
  /** it is not handed in yet: who takes it out of the form takes it away */
  draft: boolean;
}

const PREFIX = 'files::';

export function factsOf(reference: unknown): FileFacts | null {
  if (typeof reference === 'string') {
    if (!reference.startsWith(PREFIX)) return null;
    return { documentId: reference.slice(PREFIX.length), name: null, size: null, draft: false };
  }
  if (!isRecord(reference) || typeof reference['documentId'] !== 'string') return null;
  const said = isRecord(reference['metadata']) ? reference['metadata'] : {};
  const { fileName, size, userTaskKey, processInstanceKey } = said;
  return {
    documentId: reference['documentId'],
    name: typeof fileName === 'string' ? fileName : null,
    size: typeof size === 'number' ? size : null,
    draft: typeof userTaskKey === 'string' || processInstanceKey === null,
  };
}

/** The files that a field holds; one alone counts as a list of one. */
export function filesIn(value: unknown): { reference: unknown; facts: FileFacts }[] {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((reference: unknown) => {
    const facts = factsOf(reference);
    return facts ? [{ reference, facts }] : [];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
