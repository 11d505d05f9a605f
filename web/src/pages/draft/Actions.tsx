import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { Problem } from '../../api/client';
import { discardDraft, getDraft, publishDraft, saveArchive, type ModelDraft } from '../../api/modelDrafts';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Changes } from '../../parts/changes/Changes';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { useAct } from '../../ui/useAct';
import { CompareLink } from './CompareLink';
import { NOT_SAVED } from './notSaved';

interface Props {
  draft: ModelDraft;
  /** Saves what is not saved yet; resolves to whether everything is. */
  settled: () => Promise<boolean>;
  /** how many errors stand in the way of publishing */
  errors: number;
  onDone: () => void;
}

/** What can be done with the draft as a whole: publish, take away as an archive, discard. */
export function Actions({ draft, settled, errors, onDone }: Props) {
  const { language, t } = useI18n();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { working, act } = useAct();
  const [asked, setAsked] = useState<'publish' | 'discard' | null>(null);
  const open = draft.state === 'OPEN';

  async function publish(reason: string) {
    if (!(await settled())) throw new Problem(NOT_SAVED);
    const { revision } = await getDraft(draft.draftKey);
    await publishDraft(draft.draftKey, revision, reason);
    const { state } = await getDraft(draft.draftKey);
    announce(t(state === 'PUBLISHED' ? 'draft.published' : 'draft.awaiting'));
    onDone();
  }

  async function discard() {
    await discardDraft(draft.draftKey);
    announce(t('draft.discarded'));
    void navigate('/workbench');
    return null;
  }

  return (
    <div className="row">
      {open && (
        <Button kind="primary" onPress={() => void settled().then(() => setAsked('publish'))}>
          {t('draft.publish')}
        </Button>
      )}
      <CompareLink draft={draft} />
      <Link to={`/workbench/drafts/${draft.draftKey}/trial`}>{t('trial.link')}</Link>
      <Button
        isDisabled={working}
        onPress={() =>
          void act(async () => {
            if (!(await settled())) throw new Problem(NOT_SAVED);
            await saveArchive(draft.draftKey, draft.name);
            return t('draft.archived');
          })
        }
      >
        {t('draft.archive')}
      </Button>
      {open && <Button onPress={() => setAsked('discard')}>{t('draft.discard')}</Button>}
      {asked === 'publish' && (
        <ReasonDialog
          title={t('draft.publish')}
          hint={t('draft.publishHint')}
          action={t('draft.publish')}
          missing={errors > 0 ? t('draft.errorsFirst', { n: formatNumber(errors, language) }) : null}
          onSubmit={publish}
          onClose={() => setAsked(null)}
        >
          <Changes draft={draft} />
        </ReasonDialog>
      )}
      {asked === 'discard' && (
        <ActionDialog
          title={t('draft.discard')}
          hint={t('draft.discardHint')}
          submit={t('draft.discard')}
          act={discard}
          onClose={() => setAsked(null)}
        >
          <p>{draft.name}</p>
        </ActionDialog>
      )}
    </div>
  );
}
