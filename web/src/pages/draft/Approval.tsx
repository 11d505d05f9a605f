import { useState } from 'react';
import { approveDraft, rejectDraft, withdrawDraft, type ModelDraft } from '../../api/modelDrafts';
import { useMe } from '../../app/session';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Changes } from '../../parts/changes/Changes';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { CompareLink } from './CompareLink';

type Act = 'approve' | 'reject' | 'withdraw';

/** What somebody asked to publish, what it would change, and the decision of a second person on it. */
export function Approval({ draft, onDone }: { draft: ModelDraft; onDone: () => void }) {
  const { language, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const by = usePersonName(draft.requestedBy);
  const [asked, setAsked] = useState<Act | null>(null);
  const own = draft.requestedBy === me.username;
  const close = () => setAsked(null);

  function done(said: 'approval.approved' | 'approval.rejected' | 'approval.withdrawn') {
    announce(t(said));
    onDone();
    return null;
  }

  return (
    <section className="card" aria-labelledby="approval-title">
      <h2 id="approval-title">{t('approval.title')}</h2>
      <p>{t('approval.asked', { name: by, date: formatMoment(draft.requestedAt ?? draft.updatedAt, language) })}</p>
      {draft.reason && <p>{t('approval.reason', { text: draft.reason })}</p>}
      <Changes draft={draft}>
        {own && <p className="muted">{t('approval.own')}</p>}
        <div className="row">
          {own ? (
            <Button onPress={() => setAsked('withdraw')}>{t('approval.withdraw')}</Button>
          ) : (
            <>
              <Button kind="primary" onPress={() => setAsked('approve')}>
                {t('approval.approve')}
              </Button>
              <Button onPress={() => setAsked('reject')}>{t('approval.reject')}</Button>
            </>
          )}
          <CompareLink draft={draft} />
        </div>
      </Changes>
      {asked === 'reject' && (
        <ReasonDialog
          title={t('approval.reject')}
          hint={t('approval.rejectHint')}
          action={t('approval.reject')}
          onSubmit={async (reason) => {
            await rejectDraft(draft.draftKey, reason);
            done('approval.rejected');
          }}
          onClose={close}
        />
      )}
      {(asked === 'approve' || asked === 'withdraw') && (
        <ActionDialog
          title={t(`approval.${asked}`)}
          hint={t(`approval.${asked}Hint`)}
          submit={t(`approval.${asked}`)}
          act={async () => {
            if (asked === 'withdraw') {
              await withdrawDraft(draft.draftKey);
              return done('approval.withdrawn');
            }
            await approveDraft(draft.draftKey, draft.revision);
            return done('approval.approved');
          }}
          onClose={close}
        >
          <p>{draft.name}</p>
        </ActionDialog>
      )}
    </section>
  );
}
