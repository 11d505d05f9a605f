/** What people said about a case; what is said on a task's page is kept with the task. */
import { useCallback, useState } from 'react';
import { Form } from 'react-aria-components';
import { addComment, getComments } from '../../api/cases';
import { useLive } from '../../api/events';
import type { ProcessInstanceKey, UserTaskKey } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Person } from '../../ui/Person';
import { useResource } from '../../ui/useResource';
import './comments.css';
import { CommentText } from './CommentText';
import { MentionInput } from './MentionInput';
import { stillIn, type Mentioned } from './mentions';

interface Props {
  processInstanceKey: ProcessInstanceKey;
  userTaskKey?: UserTaskKey;
  mayAdd: boolean;
}

export function Comments({ processInstanceKey, userTaskKey, mayAdd }: Props) {
  const { language, t } = useI18n();
  const comments = useResource(
    useCallback((signal: AbortSignal) => getComments(processInstanceKey, signal), [processInstanceKey]),
  );
  useLive(
    (event) => event.kind === 'process-instance' && event.processInstanceKey === processInstanceKey,
    comments.reload,
  );
  return (
    <section className="card" aria-labelledby="comments-title">
      <h2 id="comments-title">{t('comments.title')}</h2>
      {comments.loading && <Loading />}
      {Boolean(comments.error) && <Failure error={comments.error} retry={comments.reload} />}
      {comments.data?.length === 0 && <p className="muted">{t('comments.empty')}</p>}
      <ul className="plain-list comments">
        {comments.data?.map((comment) => (
          <li key={comment.commentKey}>
            <div className="muted small">
              <Person username={comment.author} /> · {formatMoment(comment.createdAt, language)}
            </div>
            <CommentText comment={comment} />
          </li>
        ))}
      </ul>
      {mayAdd && (
        <NewComment
          processInstanceKey={processInstanceKey}
          send={async (text, mentions) => {
            await addComment(processInstanceKey, { text, mentions, ...(userTaskKey && { userTaskKey }) });
            comments.reload();
          }}
        />
      )}
    </section>
  );
}

interface NewProps {
  processInstanceKey: ProcessInstanceKey;
  send: (text: string, mentions: string[]) => Promise<void>;
}

function NewComment({ processInstanceKey, send }: NewProps) {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Mentioned[]>([]);
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const told = stillIn(text, chosen);

  async function submit() {
    setSending(true);
    setFailed(null);
    try {
      await send(
        text.trim(),
        told.map(({ username }) => username),
      );
      setText('');
      setChosen([]);
    } catch (error) {
      setFailed(error);
    } finally {
      setSending(false);
    }
  }

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <MentionInput
        processInstanceKey={processInstanceKey}
        label={t('comments.add')}
        value={text}
        onChange={setText}
        onMention={(person) =>
          setChosen((before) => [...before.filter(({ username }) => username !== person.username), person])
        }
      />
      {told.length > 0 && (
        <p className="small">{t('mention.told', { names: told.map(({ name }) => name).join(', ') })}</p>
      )}
      {Boolean(failed) && <Failure error={failed} />}
      <Button type="submit" isDisabled={sending || text.trim() === ''}>
        {t('comments.send')}
      </Button>
    </Form>
  );
}
