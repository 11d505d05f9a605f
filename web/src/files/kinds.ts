/** Which files a field takes, as the server judges it (engine/forms/kinds.py): endings (`.pdf`) and media types (`image/*`). */

const MEDIA_TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

export function endingOf(name: string): string {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
}

/** None where every file is taken. */
export function kindsOf(accept: unknown): string[] {
  if (typeof accept !== 'string' || accept.startsWith('=') || accept.includes('{{')) return [];
  return accept
    .split(',')
    .map((kind) => kind.trim().toLowerCase())
    .filter(Boolean);
}

export function isOfKind(name: string, kinds: readonly string[]): boolean {
  const media = MEDIA_TYPES[endingOf(name)] ?? '';
  return (
    kinds.length === 0 ||
    kinds.some((kind) => {
      if (kind.startsWith('.')) return name.toLowerCase().endsWith(kind);
      if (kind.endsWith('/*')) return kind === '*/*' || media.startsWith(kind.slice(0, -1));
      return media === kind;
    })
  );
}

/** How a file is shown in the page; null: it is only downloaded. */
export function shownAs(name: string): 'pdf' | 'picture' | null {
  const ending = endingOf(name);
  if (ending === 'pdf') return 'pdf';
  return ['png', 'jpg', 'jpeg', 'gif', 'webp'].includes(ending) ? 'picture' : null;
}
