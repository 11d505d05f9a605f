/** A file that the browser saves under a name. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A table for spreadsheets. They read Thai only behind a byte order mark, which the text of an answer has lost. */
export function saveTable(table: string, name: string): void {
  saveFile(new Blob(['\uFEFF', table.replace(/^\uFEFF/, '')], { type: 'text/csv' }), name);
}
