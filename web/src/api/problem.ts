/** Problems of the server in the user's words. */
import { isMessageKey, type Language, type Translate } from '../i18n';
import { Problem } from './client';
import type { FieldProblem } from './types';

/** What to tell a person about a failed request: our words for its code, the server's, or ours for its status. */
export function problemText(error: unknown, language: Language, t: Translate): string {
  if (!(error instanceof Problem)) return t('problem.unexpected');
  const { status, code, detail } = error.body;
  const ours = `problem.${code ?? ''}`;
  if (code && isMessageKey(ours)) return t(ours);
  const told = error.body[language];
  if (told) return told;
  const general = `problem.${status}`;
  if (isMessageKey(general)) return t(general);
  return status >= 500 ? t('problem.500') : detail || t('problem.unexpected');
}

/** Whether what was to be changed is another than what was seen. */
export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.body.code === 'stale-revision';
}

/** Whether the server does not show, or allow, this to the person who asks. */
export function isClosed(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 404);
}

/** What to tell about one field of a form: the server's wording, else ours for the code. */
export function fieldProblemText(problem: FieldProblem, language: Language, t: Translate): string {
  const told = problem[language];
  if (told) return told;
  const key = `field.${problem.code}`;
  return isMessageKey(key) ? t(key) : t('field.invalid');
}
