import { useCallback } from 'react';
import { compareModels } from '../../api/modelComparisons';
import type { ModelDraft } from '../../api/modelDrafts';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { ChangeList } from './ChangeList';

/** What publishing a draft would change about the version that is in use, in words. */
export function Changes({ draft }: { draft: ModelDraft }) {
  const { language, t } = useI18n();
  const { basedOn } = draft;
  if (!basedOn?.newestVersion) return <p className="muted">{t('compare.newProcess')}</p>;
  const version = basedOn.newestVersion;
  return (
    <section aria-labelledby="changes-title">
      <h3 id="changes-title">{t('compare.withThis', { version: formatNumber(version, language) })}</h3>
      <Compared draftKey={draft.draftKey} processDefinitionId={basedOn.processDefinitionId} version={version} />
    </section>
  );
}

interface Props {
  draftKey: string;
  processDefinitionId: string;
  version: number;
}

function Compared({ draftKey, processDefinitionId, version }: Props) {
  const found = useResource(
    useCallback(
      (signal: AbortSignal) => compareModels({ processDefinitionId, version }, { draftKey }, {}, signal),
      [draftKey, processDefinitionId, version],
    ),
  );
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  return found.data ? <ChangeList comparison={found.data} /> : <Loading />;
}
