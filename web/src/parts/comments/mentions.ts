/** People who are mentioned in a comment: `@` and the name, as plain text. */
export interface Mentioned {
  username: string;
  name: string;
}

const LONGEST = 40;
/** what stands before an `@` that begins no mention, as in a mail address */
const OF_AN_ADDRESS = /[\w.-]$/;

/** What stands between an `@` and the caret, while somebody may still be looking for a name; null otherwise. */
export function beingTyped(text: string, caret: number): { from: number; query: string } | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0 || OF_AN_ADDRESS.test(before.slice(0, from))) return null;
  const query = before.slice(from + 1);
  return query.length > LONGEST || query.startsWith(' ') || query.includes('\n') ? null : { from, query };
}

/** The text with the name in the place of what was typed of it, and where the caret stands then. */
export function withMention(text: string, from: number, caret: number, name: string): { text: string; caret: number } {
  const put = `${text.slice(0, from)}@${name} `;
  return { text: put + text.slice(caret).replace(/^ /, ''), caret: put.length };
}

/** Of those who were chosen: who is still named in the text. */
export function stillIn(text: string, chosen: readonly Mentioned[]): Mentioned[] {
  return chosen.filter(({ name }) => text.includes(`@${name}`));
}

/** The text in pieces: what is between, and each mention of one of these people. */
export function piecesOf(text: string, people: readonly Mentioned[]): (string | Mentioned)[] {
  // of two names one of which begins the other, the longer is meant
  const longest = people.toSorted((a, b) => b.name.length - a.name.length);
  const pieces: (string | Mentioned)[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = text[at] === '@' ? longest.find(({ name }) => text.startsWith(`@${name}`, at)) : undefined;
    if (found) {
      if (plain) pieces.push(plain);
      pieces.push(found);
      plain = '';
      at += found.name.length + 1;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return plain ? [...pieces, plain] : pieces;
}
