/** What is asked for before others help with a task or sign it, and before it goes back. */
import { useState } from 'react';
import { askCoSignatures, delegateTask, recallTask, resolveTask, returnTask } from '../../api/taskActions';
import type { TaskActions, UserTask, Variables } from '../../api/types';
import { inTheNameOf, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { Person } from '../../ui/Person';
import { PersonPicker } from '../../ui/PersonPicker';

interface Props {
  task: UserTask;
  onClose: (done: boolean) => void;
}

export function HelpDialog({ task, save, onClose }: Props & { save: () => Promise<void> }) {
  const { t } = useI18n();
  const me = useMe();
  const [who, setWho] = useState<string | null>(null);
  const [note, setNote] = useState('');
  return (
    <ActionDialog
      title={t('task.help.ask')}
      hint={t('task.help.hint')}
      submit={t('task.help.send')}
      act={async () => {
        if (who === null) return t('task.who.missing');
        await save();
        await delegateTask(task.userTaskKey, who, note.trim());
        return null;
      }}
      onClose={onClose}
    >
      <PersonPicker label={t('task.help.who')} without={[inTheNameOf(me), me.username]} onChoose={setWho} />
      <TextInput label={t('task.help.note')} multiline value={note} onChange={setNote} />
    </ActionDialog>
  );
}

/** `filled` gives what is filled in, null while fields are wrong. */
export function SigningDialog({
  task,
  demanded,
  filled,
  onClose,
}: Props & { demanded: boolean; filled: () => Variables | null }) {
  const { t } = useI18n();
  const me = useMe();
  const [users, setUsers] = useState<readonly string[]>([]);
  return (
    <ActionDialog
      title={t('task.sign.ask')}
      hint={t(demanded ? 'task.sign.hintDemanded' : 'task.sign.hint')}
      submit={t('task.sign.send')}
      act={async () => {
        const values = filled();
        if (values === null) return t('task.sign.fixFirst');
        if (users.length === 0 && !demanded) return t('task.who.missing');
        await askCoSignatures(task.userTaskKey, users, values);
        return null;
      }}
      onClose={onClose}
    >
      <ul className="plain-list">
        {users.map((username) => (
          <li key={username} className="row">
            <Person username={username} />
            <Button small onPress={() => setUsers(users.filter((each) => each !== username))}>
              {t('common.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <PersonPicker
        several
        label={t('task.sign.who')}
        without={[inTheNameOf(me), me.username, ...users]}
        onChoose={(username) => username !== null && setUsers([...users, username])}
      />
    </ActionDialog>
  );
}

export function GiveBackDialog({
  task,
  values,
  save,
  onClose,
}: Props & { values: () => Variables | null; save: () => Promise<void> }) {
  const { t } = useI18n();
  const [note, setNote] = useState('');
  return (
    <ActionDialog
      title={t('task.help.giveBack')}
      hint={t('task.help.giveBackHint')}
      submit={t('task.help.giveBack')}
      act={async () => {
        await save(); // or leaving the page would, when the task is no longer one's own
        await resolveTask(task.userTaskKey, values(), note.trim());
        return null;
      }}
      onClose={onClose}
    >
      <TextInput label={t('task.help.opinion')} multiline value={note} onChange={setNote} />
    </ActionDialog>
  );
}

export function ReturnDialog({ task, targets, onClose }: Props & { targets: TaskActions['returnTo'] }) {
  const { pick, t } = useI18n();
  const [to, setTo] = useState(targets[0]?.elementId ?? '');
  const [reason, setReason] = useState('');
  return (
    <ActionDialog
      title={t('task.return')}
      hint={t('task.return.hint')}
      submit={t('task.return')}
      act={async () => {
        await returnTask(task.userTaskKey, to, reason.trim());
        return null;
      }}
      onClose={onClose}
    >
      <label className="field">
        {t('task.return.to')}
        <select value={to} onChange={(event) => setTo(event.target.value)}>
          {targets.map(({ elementId, name }) => (
            <option key={elementId} value={elementId}>
              {pick(name.th, name.en)}
            </option>
          ))}
        </select>
      </label>
      <TextInput label={t('task.reason')} multiline isRequired value={reason} onChange={setReason} />
    </ActionDialog>
  );
}

export function RecallDialog({ task, onClose }: Props) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  return (
    <ActionDialog
      title={t('task.recall')}
      hint={t('task.recall.hint')}
      submit={t('task.recall')}
      act={async () => {
        await recallTask(task.userTaskKey, reason.trim());
        return null;
      }}
      onClose={onClose}
    >
      <TextInput label={t('task.reason')} multiline isRequired value={reason} onChange={setReason} />
    </ActionDialog>
  );
}
