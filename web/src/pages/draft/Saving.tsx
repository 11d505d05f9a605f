import { useCallback } from 'react';
import { problemText } from '../../api/problem';
import { getDraft } from '../../api/modelDrafts';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import type { SavingState } from '../../modeler/saver';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { useResource } from '../../ui/useResource';

interface Props {
  state: SavingState;
  draftKey: string;
  /** Opens what another person saved. */
  onTheirs: () => void;
  /** Saves over it. */
  onMine: () => Promise<void>;
}

/** Whether everything is saved; when another person was faster, who it was and what to do. */
export function Saving({ state, ...stale }: Props) {
  const { language, t } = useI18n();
  if (state.kind === 'stale') return <Stale {...stale} />;
  return (
    <span className="draft-saving" role="status">
      {t(`draft.saving.${state.kind}`)}
      {state.kind === 'failed' && ` (${problemText(state.error, language, t)})`}
    </span>
  );
}

function Stale({ draftKey, onTheirs, onMine }: Omit<Props, 'state'>) {
  const { language, t } = useI18n();
  const draft = useResource(useCallback((signal: AbortSignal) => getDraft(draftKey, signal), [draftKey]));
  const by = usePersonName(draft.data?.updatedBy);
  return (
    <div className="notice warn draft-stale" role="alert">
      <p>
        {draft.data
          ? t('draft.stale.by', { name: by, date: formatMoment(draft.data.updatedAt, language) })
          : t('draft.stale')}
      </p>
      <p className="small">{t('draft.stale.what')}</p>
      <div className="row">
        <Button onPress={onTheirs}>{t('draft.stale.theirs')}</Button>
        <Button onPress={() => void onMine()}>{t('draft.stale.mine')}</Button>
      </div>
    </div>
  );
}
