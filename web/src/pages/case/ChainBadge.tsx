import { useCallback } from 'react';
import { verifyHistory } from '../../api/cases';
import { problemText } from '../../api/problem';
import type { ProcessInstanceKey } from '../../api/types';
import { useI18n } from '../../i18n';
import { useResource } from '../../ui/useResource';

/** Whether the hash chain of the case's history holds, checked by the server when the page is opened. */
export function ChainBadge({ instance }: { instance: ProcessInstanceKey }) {
  const { language, t } = useI18n();
  const check = useResource(useCallback((signal: AbortSignal) => verifyHistory(instance, signal), [instance]));
  if (check.error) return <span className="badge warn">{problemText(check.error, language, t)}</span>;
  if (!check.data) return <span className="badge">{t('case.chainChecking')}</span>;
  const { valid, events, firstBadSequence } = check.data;
  return valid ? (
    <span className="badge good">✓ {t('case.chainGood', { n: events })}</span>
  ) : (
    <strong className="badge bad">⚠ {t('case.chainBad', { n: firstBadSequence ?? 0 })}</strong>
  );
}
