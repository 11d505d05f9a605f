/** What people said about a case; what is said on a task's page is kept with the task. */
import { useCallback, useState } from 'react';
import { Form } from 'react-aria-components';
import { addComment, getComments } from '../api/cases';
import { useLive } from '../api/events';
import { problemText } from '../api/problem';
import type { ProcessInstanceKey, UserTaskKey } from '../api/types';
import { formatMoment } from '../dates/format';
import { useI18n } from '../i18n';
import { useAnnounce } from '../ui/Announcer';
import { Button } from '../ui/Button';
import { readable } from '../ui/erased';
import { Failure } from '../ui/Failure';
import { TextInput } from '../ui/Fields';
import { Loading } from '../ui/Loading';
import { Person } from '../ui/Person';
import { useResource } from '../ui/useResource';

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
            <p className="comment-text">{readable(comment.text, t('common.erased'))}</p>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <NewComment
          send={async (text) => {
            await addComment(processInstanceKey, text, userTaskKey);
            comments.reload();
          }}
        />
      )}
    </section>
  );
}

function NewComment({ send }: { send: (text: string) => Promise<void> }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);

  async function submit() {
    setSending(true);
    try {
      await send(text.trim());
      setText('');
    } catch (error) {
      announce(problemText(error, language, t));
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
      <TextInput label={t('comments.add')} multiline value={text} onChange={setText} maxLength={4000} />
      <Button type="submit" isDisabled={sending || text.trim() === ''}>
        {t('comments.send')}
      </Button>
    </Form>
  );
}
