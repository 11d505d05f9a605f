/** Doing a task with others: what may be asked of them, and what it waits for. */
import { useState, type RefObject } from 'react';
import { useNavigate } from 'react-router-dom';
import { resolveTask } from '../../api/taskActions';
import { problemText } from '../../api/problem';
import type { TaskActions, UserTask } from '../../api/types';
import { inTheNameOf, useMe } from '../../app/session';
import type { FormHandle } from '../../forms/FormView';
import { useI18n, type MessageKey } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { isOpen } from '../../ui/taskNames';
import { GiveBackDialog, HelpDialog, RecallDialog, ReturnDialog, SigningDialog } from './OthersDialogs';

interface Props {
  task: UserTask;
  actions: TaskActions | null;
  form: RefObject<FormHandle | null>;
  /** whether one is about to give the task away, or has */
  onAsk: (asking: boolean) => void;
  /** saves what is typed and not saved yet */
  save: () => Promise<void>;
  reload: () => void;
  reloadContent: () => void;
}

type Asked = 'help' | 'sign' | 'giveBack' | 'return' | 'recall';
/** After these there is nothing more to do here. */
const LEAVING: readonly Asked[] = ['giveBack', 'return', 'recall'];
const DONE: Record<Asked, MessageKey> = {
  help: 'task.help.sent',
  sign: 'task.sign.sent',
  giveBack: 'task.help.givenBack',
  return: 'task.return.done',
  recall: 'task.recall.done',
};

export function TaskOthers({ task, actions, form, onAsk, save, reload, reloadContent }: Props) {
  const { t } = useI18n();
  const me = inTheNameOf(useMe());
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked | null>(null);

  function closed(done: boolean) {
    const what = asked;
    setAsked(null);
    if (!done || what === null || !LEAVING.includes(what)) onAsk(false);
    if (!done || what === null) return;
    announce(t(DONE[what]));
    if (LEAVING.includes(what)) return void navigate('/');
    reload();
    return reloadContent();
  }

  function ask(what: Asked) {
    onAsk(true);
    setAsked(what);
  }

  const mine = task.assignee === me && isOpen(task);
  const helping = mine && task.delegationState === 'PENDING';
  const dialog = { task, onClose: closed };
  const filled = () => {
    const { values, wrong } = form.current?.submit() ?? { values: {}, wrong: [] };
    return wrong.length > 0 ? null : values;
  };
  return (
    <>
      {isOpen(task) && task.delegationState === 'PENDING' && (
        <Helped task={task} reload={() => [reload(), reloadContent()]} />
      )}
      <div className="row task-others">
        {helping && <Button onPress={() => ask('giveBack')}>{t('task.help.giveBack')}</Button>}
        {mine && !helping && (
          <>
            <Button onPress={() => ask('help')}>{t('task.help.ask')}</Button>
            <Button onPress={() => ask('sign')}>{t('task.sign.ask')}</Button>
            {(actions?.returnTo.length ?? 0) > 0 && <Button onPress={() => ask('return')}>{t('task.return')}</Button>}
          </>
        )}
        {task.state === 'COMPLETED' && task.completedBy === me && actions?.recall && (
          <Button onPress={() => ask('recall')}>{t('task.recall')}</Button>
        )}
      </div>
      {asked === 'help' && <HelpDialog {...dialog} save={save} />}
      {asked === 'sign' && <SigningDialog {...dialog} demanded={actions?.coSign ?? false} filled={filled} />}
      {asked === 'giveBack' && <GiveBackDialog {...dialog} values={() => form.current?.values() ?? null} save={save} />}
      {asked === 'return' && <ReturnDialog {...dialog} targets={actions?.returnTo ?? []} />}
      {asked === 'recall' && <RecallDialog {...dialog} />}
    </>
  );
}

/** Who helps whom; whose task it is takes it back. */
function Helped({ task, reload }: { task: UserTask; reload: () => void }) {
  const { language, t } = useI18n();
  const me = inTheNameOf(useMe());
  const announce = useAnnounce();
  const [owner, helper] = [usePersonName(task.owner), usePersonName(task.assignee)];
  if (task.assignee === me) return <p className="notice">{t('task.help.youHelp', { name: owner })}</p>;
  if (task.owner !== me) return <p className="notice">{t('task.help.helps', { name: helper, owner })}</p>;
  return (
    <div className="notice row">
      <span>{t('task.help.helpsYou', { name: helper })}</span>
      <Button
        small
        onPress={() => {
          resolveTask(task.userTaskKey, null, '')
            .catch((error: unknown) => announce(problemText(error, language, t)))
            .finally(reload);
        }}
      >
        {t('task.help.takeBack')}
      </Button>
    </div>
  );
}
