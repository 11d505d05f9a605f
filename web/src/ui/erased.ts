/** What the server says in the place of personal data that were erased, and of a person who was forgotten. */
const ERASED = '$erased';
const PSEUDONYM = /^p_([0-9a-f]{6})[0-9a-f]{26}$/;

/** A text with `words` wherever something was erased. */
export function readable(text: string, words: string): string {
  return text.replaceAll(ERASED, words);
}

/** By what a forgotten person is still told from another one; null for a name. */
export function forgotten(username: string): string | null {
  return PSEUDONYM.exec(username)?.[1] ?? null;
}
