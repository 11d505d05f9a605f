import { useCallback } from 'react';
import { Link } from 'react-router-dom';
import { getSource, offered, sourceProcess, sourceProcesses } from '../../api/gitSource';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { useResource } from '../../ui/useResource';

const MOST = 1_000;

/** Where there is a Git source: a way to it, and that it is newer than what is published, of one process or of all. */
export function SourceNotice({ processDefinitionId }: { processDefinitionId?: string }) {
  const { language, t } = useI18n();
  const found = useResource(
    useCallback((signal: AbortSignal) => standing(processDefinitionId, signal), [processDefinitionId]),
  );
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  if (!found.data) return null;
  const { ahead } = found.data;
  const to = `/workbench/source${processDefinitionId ? `?process=${encodeURIComponent(processDefinitionId)}` : ''}`;
  const words = processDefinitionId ? t('source.ahead') : t('source.aheadOf', { n: formatNumber(ahead, language) });
  return (
    <p className={ahead > 0 ? 'notice' : undefined}>
      {ahead > 0 && `${words} `}
      <Link to={to}>{t('source.open')}</Link>
    </p>
  );
}

/** Null where there is nothing to tell; else how many processes of the branch that is offered are newer. */
async function standing(
  processDefinitionId: string | undefined,
  signal: AbortSignal,
): Promise<{ ahead: number } | null> {
  const source = await getSource(signal);
  const reference = offered(source)?.name;
  if (!source.available) return null;
  if (!reference) return { ahead: 0 };
  if (processDefinitionId === undefined) {
    const { items } = await sourceProcesses(reference, undefined, signal, MOST);
    return { ahead: items.filter(({ state }) => state === 'AHEAD').length };
  }
  const one = await sourceProcess(reference, processDefinitionId, signal);
  return one && { ahead: one.state === 'AHEAD' ? 1 : 0 };
}
