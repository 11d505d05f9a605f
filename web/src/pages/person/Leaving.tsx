import { useState } from 'react';
import { activate, deactivate } from '../../api/accounts';
import { handOver } from '../../api/handover';
import { useI18n } from '../../i18n';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { PersonPicker } from '../../ui/PersonPicker';
import { useAct } from '../../ui/useAct';
import type { PartProps } from './PersonPage';

/** Somebody leaves: the tasks are handed over, then the account is deactivated. Or comes back. */
export function Leaving({ account, reload }: PartProps) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const [asking, setAsking] = useState(false);
  if (!account.active) {
    const again = async () => {
      await activate(account).finally(reload);
      return t('accounts.activated');
    };
    return (
      <Button isDisabled={working} onPress={() => void act(again)}>
        {t('accounts.activate')}
      </Button>
    );
  }
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t('accounts.deactivate')}</Button>
      {asking && (
        <LeaveDialog
          account={account}
          onClose={() => {
            setAsking(false);
            reload();
          }}
        />
      )}
    </>
  );
}

/** What stands in the way of leaving, in words. */
class NotHandedOver extends Error {}

function LeaveDialog({ account, onClose }: Pick<PartProps, 'account'> & { onClose: () => void }) {
  const { pick, t } = useI18n();
  const announce = useAnnounce();
  const [to, setTo] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  async function leave(reason: string) {
    let more = account.openTasks > 0;
    while (more) {
      const done = await handOver(account.username, to, reason);
      const [first] = done.refused;
      if (first) {
        setRefused(t('accounts.handRefused', { n: done.refused.length, why: pick(first.th, first.en) }));
        throw new NotHandedOver();
      }
      more = done.hasMore;
    }
    await deactivate(account, reason);
    announce(t('accounts.deactivated'));
  }

  return (
    <ReasonDialog
      title={`${t('accounts.deactivate')}: ${account.name}`}
      hint={t('accounts.deactivateHint')}
      action={t('accounts.deactivate')}
      onSubmit={leave}
      onClose={onClose}
    >
      {refused && (
        <p className="notice danger" role="alert">
          {refused}
        </p>
      )}
      {account.openTasks > 0 && (
        <>
          <PersonPicker
            label={t('accounts.handTo', { n: account.openTasks })}
            without={[account.username]}
            onChoose={setTo}
          />
          <p className="muted small">{t('accounts.handToHint')}</p>
        </>
      )}
    </ReasonDialog>
  );
}
