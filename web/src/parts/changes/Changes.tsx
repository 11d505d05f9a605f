import { useCallback, type ReactNode } from 'react';
import { compareModels } from '../../api/modelComparisons';
import type { ModelDraft } from '../../api/modelDrafts';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { ChangeList } from './ChangeList';

/**
 * What publishing a draft would change about the version that is in use, in words; then what is to be decided about it: not
 * before, nor where it would be pushed aside.
 */
export function Changes({ draft, children }: { draft: ModelDraft; children?: ReactNode }) {
  const { t } = useI18n();
  const { basedOn, draftKey } = draft;
  if (!basedOn?.newestVersion) {
    return (
      <>
        <p className="muted">{t('compare.newProcess')}</p>
        {children}
      </>
    );
  }
  const { processDefinitionId, newestVersion } = basedOn;
  return (
    <Compared draftKey={draftKey} processDefinitionId={processDefinitionId} version={newestVersion}>
      {children}
    </Compared>
  );
}

interface Props {
  draftKey: string;
  processDefinitionId: string;
  version: number;
  children: ReactNode;
}

function Compared({ draftKey, processDefinitionId, version, children }: Props) {
  const { language, t } = useI18n();
  const found = useResource(
    useCallback(
      (signal: AbortSignal) => compareModels({ processDefinitionId, version }, { draftKey }, {}, signal),
      [draftKey, processDefinitionId, version],
    ),
  );
  return (
    <>
      <section aria-labelledby="changes-title">
        <h3 id="changes-title">{t('compare.withThis', { version: formatNumber(version, language) })}</h3>
        {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
        {found.data && <ChangeList comparison={found.data} />}
        {found.loading && <Loading />}
      </section>
      {!found.loading && children}
    </>
  );
}
