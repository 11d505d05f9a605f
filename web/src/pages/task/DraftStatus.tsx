import { problemText } from '../../api/problem';
import type { Draft } from '../../api/types';
import type { KeptDraft } from '../../app/keptDrafts';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import type { DraftState } from './draftKeeper';

/** What is saved where, and since when something is not. */
export function DraftStatus({ state }: { state: DraftState }) {
  const { language, t } = useI18n();
  const failed = state.kind === 'failed';
  return (
    <div role="status" className={failed ? 'notice warn draft-status' : 'muted small draft-status'}>
      {state.kind === 'saving' && t('task.draft.saving')}
      {state.kind === 'saved' && t('task.draft.saved', { time: formatMoment(state.at, language, 'time') })}
      {failed && (
        <>
          {problemText(state.error, language, t)}{' '}
          {t(state.lasting ? 'draft.here' : 'draft.onlyPage', { time: formatMoment(state.since, language, 'time') })}
        </>
      )}
    </div>
  );
}

interface OpenedProps {
  draft: Draft | null;
  unsent: KeptDraft | null;
  discard: () => void;
}

/** Which draft the form was opened with, and a way to be rid of it. */
export function DraftOpened({ draft, unsent, discard }: OpenedProps) {
  const { language, t } = useI18n();
  const date = formatMoment(unsent?.since ?? draft?.savedAt ?? 0, language);
  return (
    <div className="notice row">
      <span>{t(unsent ? 'draft.openedHere' : 'task.draft.restored', { date })}</span>
      <Button small onPress={discard}>
        {t('task.draft.discard')}
      </Button>
    </div>
  );
}
