/** Problems of the server in the user's words. */
import { isMessageKey, type Language, type Translate } from '../i18n';
import { Problem } from './client';
import type { FieldProblem } from './types';

/** What to tell a person about a failed request. The server's own detail is shown only where nothing better is known. */
export function problemText(error: unknown, t: Translate): string {
  if (!(error instanceof Problem)) return t('problem.unexpected');
  const { status, code, detail } = error.body;
  const known = [code && `problem.${code}`, `problem.${status}`, status >= 500 && 'problem.500'].find(
    (key) => key && isMessageKey(key),
  );
  return known && isMessageKey(known) ? t(known) : detail || t('problem.unexpected');
}

/** What to tell about one field of a form: the server's wording, else ours for the code. */
export function fieldProblemText(problem: FieldProblem, language: Language, t: Translate): string {
  const told = problem[language];
  if (told) return told;
  const key = `field.${problem.code}`;
  return isMessageKey(key) ? t(key) : t('field.invalid');
}
