import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import type { DraftState } from './useDraft';

export function DraftStatus({ state }: { state: DraftState }) {
  const { language, t } = useI18n();
  return (
    <span role="status" className="muted small">
      {state.kind === 'saving' && t('task.draft.saving')}
      {state.kind === 'failed' && t('task.draft.failed')}
      {state.kind === 'saved' && t('task.draft.saved', { time: formatMoment(state.at, language, 'time') })}
    </span>
  );
}
