import type { GitProcess } from '../../api/gitSource';
import { useI18n, type MessageKey } from '../../i18n';

const KINDS: Partial<Record<string, string>> = { UP_TO_DATE: 'badge good', AHEAD: 'badge warn' };

/** How the source stands to what is published, in words. */
export function SourceState({ process: { state, publishedElsewhere } }: { process: GitProcess }) {
  const { t } = useI18n();
  return (
    <>
      <span className={KINDS[state] ?? 'badge'}>{t(`source.state.${state}` as MessageKey)}</span>
      {publishedElsewhere && <span className="badge warn">{t('source.elsewhere')}</span>}
    </>
  );
}
