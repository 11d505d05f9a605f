import { useState } from 'react';
import { problemText } from '../../api/problem';
import type { UserTask } from '../../api/types';
import { claimTask, getDraft, unclaimTask } from '../../api/userTasks';
import { keptHere } from '../../app/keptDrafts';
import { inTheNameOf, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { isClaimable, isFree, isOpen, taskName } from '../../ui/taskNames';

interface Props {
  task: UserTask;
  reload: () => void;
  /** after a claim, when the person has left a draft before giving the task back */
  reloadContent: () => void;
  /** true: this person gives it back; false: or does not after all, or has claimed it again */
  onGiveBack: (given: boolean) => void;
}

/** Claim and give back, and why the form cannot be filled in when it can't. */
export function TaskActions({ task, reload, reloadContent, onGiveBack }: Props) {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const assignee = usePersonName(task.assignee);
  const [working, setWorking] = useState(false);

  async function act(action: () => Promise<void>, done?: string) {
    setWorking(true);
    try {
      await action();
      if (done) announce(done);
    } catch (error) {
      announce(problemText(error, language, t));
    } finally {
      setWorking(false);
      reload();
    }
  }

  async function giveBack() {
    onGiveBack(true);
    await unclaimTask(task.userTaskKey).catch((error: unknown) => {
      onGiveBack(false);
      throw error;
    });
  }

  async function claim() {
    await claimTask(task.userTaskKey, inTheNameOf(me));
    onGiveBack(false);
    const place = { username: me.username, inNameOf: inTheNameOf(me), taskKey: task.userTaskKey };
    if ((await keptHere(place)) ?? (await getDraft(task.userTaskKey).catch(() => null))) reloadContent();
  }

  if (!isOpen(task)) {
    return <p className="notice">{t(task.state === 'COMPLETED' ? 'task.state.COMPLETED' : 'task.state.CANCELED')}</p>;
  }
  if (task.delegationState === 'PENDING') return null;
  if (task.assignee === inTheNameOf(me)) {
    return (
      <p>
        <Button small isDisabled={working} onPress={() => void act(giveBack)}>
          {t('task.unclaim')}
        </Button>
      </p>
    );
  }
  if (isFree(task) && !isClaimable(task, me)) return <p className="notice">{t('task.notYours')}</p>;
  if (!isFree(task)) return <p className="notice">{t('task.assignedTo', { name: assignee })}</p>;
  const name = taskName(task, pick, t);
  return (
    <div className="notice row">
      <span>{t('task.claimFirst')}</span>
      <Button kind="primary" isDisabled={working} onPress={() => void act(claim, t('inbox.did.claim', { name }))}>
        {t('task.claim')}
      </Button>
    </div>
  );
}
