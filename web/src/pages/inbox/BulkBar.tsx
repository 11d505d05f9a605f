/** What can be done with the selected tasks. It lies over the foot of the window, so that no row moves. */
import { useState } from 'react';
import type { UserTask } from '../../api/types';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { ActionDialog } from '../../ui/ActionDialog';
import { Button } from '../../ui/Button';
import { Snooze } from './Snooze';
import { ACTIONS, fits, type Action } from './work';

/** What one marks for oneself, and does no work by. */
const MARKS: readonly Action[] = ['snooze', 'wake', 'read', 'unread'];
/** What is asked about before it is done. */
const ASKED = ['complete', 'assign', 'snooze'] as const;
type Asked = (typeof ASKED)[number];

interface Props {
  selected: readonly UserTask[];
  working: boolean;
  onRun: (action: Action, tasks: readonly UserTask[], to?: string) => Promise<void>;
  onClear: () => void;
}

export function BulkBar({ selected, working, onRun, onClear }: Props) {
  const { t } = useI18n();
  const me = useMe();
  const [asking, setAsking] = useState<Asked | null>(null);
  const fitting = (action: Action) => selected.filter((task) => fits(action, task, me));
  const possible = ACTIONS.filter((action) => fitting(action).length > 0);

  function press(action: Action) {
    const asked = ASKED.find((each) => each === action);
    if (asked) setAsking(asked);
    else void onRun(action, fitting(action));
  }

  return (
    <section className="bulk-bar" aria-label={t('inbox.selection')}>
      <strong role="status">{t('inbox.selected', { n: selected.length })}</strong>
      {possible.map((action) => (
        <Button
          key={action}
          small
          kind={action === possible[0] ? 'primary' : 'normal'}
          isDisabled={working}
          onPress={() => press(action)}
        >
          {t(`inbox.do.${action}`, { n: fitting(action).length })}
        </Button>
      ))}
      {possible.every((action) => MARKS.includes(action)) && (
        <span className="muted small">{t('inbox.nothingFits')}</span>
      )}
      <Button small kind="quiet" isDisabled={working} onPress={onClear}>
        {t('inbox.clear')}
      </Button>
      {asking === 'assign' && (
        <AssignDialog
          n={fitting('assign').length}
          onAssign={(to) => void onRun('assign', fitting('assign'), to)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'snooze' && (
        <Snooze
          n={fitting('snooze').length}
          onSnooze={(until) => void onRun('snooze', fitting('snooze'), until)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'complete' && (
        <ActionDialog
          title={t('inbox.do.complete', { n: fitting('complete').length })}
          hint={t('inbox.completeHint')}
          submit={t('inbox.completeNow')}
          act={() => Promise.resolve(null)}
          onClose={(agreed) => {
            setAsking(null);
            if (agreed) void onRun('complete', fitting('complete'));
          }}
        >
          {null}
        </ActionDialog>
      )}
    </section>
  );
}

function AssignDialog({ n, onAssign, onClose }: { n: number; onAssign: (to: string) => void; onClose: () => void }) {
  const { t } = useI18n();
  const [to, setTo] = useState<string | null>(null);
  return (
    <ActionDialog
      title={t('inbox.do.assign', { n })}
      hint={t('inbox.assignHint')}
      submit={t('inbox.assignNow')}
      act={() => Promise.resolve(to === null ? t('task.who.missing') : null)}
      onClose={(agreed) => {
        onClose();
        if (agreed && to !== null) onAssign(to);
      }}
    >
      <PeoplePicker label={t('inbox.assignTo')} chosen={to} onChoose={setTo} />
    </ActionDialog>
  );
}
