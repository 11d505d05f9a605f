/** Where a line of a text (from 1) begins and ends, in characters. */
export function lineAt(text: string, line: number): { from: number; to: number } {
  const lines = text.split('\n');
  const before = lines.slice(0, Math.max(0, line - 1));
  const from = before.reduce((sum, each) => sum + each.length + 1, 0);
  return { from: Math.min(from, text.length), to: Math.min(from + (lines[line - 1]?.length ?? 0), text.length) };
}
