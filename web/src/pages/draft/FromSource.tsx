import type { ModelDraft } from '../../api/modelDrafts';
import { shortId } from '../../api/gitSource';
import { useI18n } from '../../i18n';

/** From which commit of the Git source the draft began, if it did. */
export function FromSource({ draft: { gitReference, gitCommitId } }: { draft: ModelDraft }) {
  const { t } = useI18n();
  if (!gitCommitId) return null;
  return (
    <p className="muted small">{t('source.draftFrom', { reference: gitReference ?? '', id: shortId(gitCommitId) })}</p>
  );
}
