/** Who is asked to sign what was filled in, what they said, and the answer of who reads this. */
import { useState } from 'react';
import { coSign } from '../../api/taskActions';
import { problemText } from '../../api/problem';
import type { CoSignature, CoSignatures as Shown, UserTask } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { GroupList, Person } from '../../ui/Person';
import { isOpen } from '../../ui/taskNames';

interface Props {
  task: UserTask;
  signing: Shown;
  /** the digest of the data that the form on this page shows; they may have changed since */
  read: string | null;
  reload: () => void;
  reloadContent: () => void;
}

export function CoSignatures({ task, signing, read, reload, reloadContent }: Props) {
  const { t } = useI18n();
  const shown = signing.items.filter((item) => item.state !== 'VOID');
  if (shown.length === 0) return null;
  const answers = isOpen(task) && signing.mayISign;
  return (
    <section className="card" aria-labelledby="signing-title">
      <h2 id="signing-title">{t('task.sign.title')}</h2>
      <ul className="plain-list">
        {shown.map((item) => (
          <Signature key={item.coSignatureKey} item={item} />
        ))}
      </ul>
      {answers && read !== signing.digest && (
        <div className="notice row">
          <span>{t('task.sign.changed')}</span>
          <Button small onPress={reloadContent}>
            {t('task.sign.showNew')}
          </Button>
        </div>
      )}
      {answers && read !== null && read === signing.digest && <Answer task={task} digest={read} reload={reload} />}
    </section>
  );
}

function Signature({ item }: { item: CoSignature }) {
  const { language, t } = useI18n();
  return (
    <li>
      <strong>{item.kind === 'group' ? <GroupList groups={[item.name]} /> : <Person username={item.name} />}</strong>
      {': '}
      {t(`task.sign.${item.state}`)}
      {item.signedBy && item.signDate && (
        <div className="small muted">
          <Person username={item.signedBy} />
          {item.signedThrough && (
            <>
              {' '}
              (<Person username={item.signedThrough} />)
            </>
          )}{' '}
          {formatMoment(item.signDate, language)}
        </div>
      )}
      {item.reason && <div className="small">{item.reason}</div>}
    </li>
  );
}

function Answer({ task, digest, reload }: { task: UserTask; digest: string; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  async function answer(agree: boolean) {
    setWorking(true);
    try {
      await coSign(task.userTaskKey, agree, digest, reason.trim());
      announce(t(agree ? 'task.sign.AGREED' : 'task.sign.REFUSED'));
    } catch (problem) {
      setError(problemText(problem, language, t));
    } finally {
      setWorking(false);
      reload();
    }
  }

  return (
    <>
      <p>{t('task.sign.read')}</p>
      <TextInput label={t('task.sign.remark')} multiline value={reason} onChange={setReason} error={error} />
      <div className="row">
        <Button kind="primary" isDisabled={working} onPress={() => void answer(true)}>
          {t('task.sign.agree')}
        </Button>
        <Button isDisabled={working} onPress={() => void answer(false)}>
          {t('task.sign.refuse')}
        </Button>
      </div>
    </>
  );
}
