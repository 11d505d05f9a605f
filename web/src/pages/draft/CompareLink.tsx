import { Link } from 'react-router-dom';
import type { ModelDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { comparePath } from '../compare/sides';

/** To the draft beside the version that is in use; nothing for a process that is new. */
export function CompareLink({ draft: { draftKey, basedOn } }: { draft: ModelDraft }) {
  const { t } = useI18n();
  if (!basedOn?.newestVersion) return null;
  return (
    <Link to={comparePath(basedOn.processDefinitionId, `v${basedOn.newestVersion}`, `d${draftKey}`)}>
      {t('compare.withCurrent')}
    </Link>
  );
}
