/** What a case waits for; each is chosen by a button, and then done or made to happen. */
import { useState } from 'react';
import type { Waiting } from '../../api/draftTrials';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { Filling } from './Filling';
import type { WalkState } from './useWalk';
import { ANYBODY, clockTo, happened, jobDone, jobFailed, taskDone } from './walking';

interface Props {
  waiting: readonly Waiting[];
  name: (id: string) => string;
  walk: WalkState;
}

export function WaitingList({ waiting, name, walk }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState<number | null>(waiting.length === 1 ? 0 : null);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="walk-waiting">
      <h2 id="walk-waiting">{t('walk.waiting')}</h2>
      <ul className="plain-list entries">
        {waiting.map((each, index) => (
          <li key={`${each.kind}/${each.elementId}/${index}`}>
            <About each={each} name={name} />
            {each.kind === 'TIMER' && (
              <Button small isDisabled={walk.working} onPress={() => void walk.choose(clockTo(each))}>
                {t('walk.toDue')}
              </Button>
            )}
            {ACTED.has(each.kind) && (
              <Button small aria-expanded={open === index} onPress={() => setOpen(open === index ? null : index)}>
                {t('walk.choose', { name: name(each.elementId) })}
              </Button>
            )}
            {open === index && <Acting each={each} walk={walk} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

const ACTED = new Set(['TASK', 'JOB', 'MESSAGE', 'SIGNAL']);

function About({ each, name }: { each: Waiting; name: (id: string) => string }) {
  const { language, t } = useI18n();
  const due = each.dueDate && t('walk.due', { date: formatMoment(each.dueDate, language) });
  const key = each.correlationKey && t('walk.key', { key: each.correlationKey });
  const item = each.item !== null && t('walk.item', { n: formatNumber(each.item, language) });
  return (
    <p>
      <span className="badge">{t(`walk.kind.${each.kind as 'TASK'}`)}</span> {name(each.elementId)}{' '}
      <span className="muted small">{[item, each.name, key, due].filter(Boolean).join(' · ')}</span>
    </p>
  );
}

function Acting({ each, walk }: { each: Waiting; walk: WalkState }) {
  const { t } = useI18n();
  const { working, choose } = walk;
  if (each.kind === 'TASK') return <Task each={each} walk={walk} />;
  if (each.kind === 'JOB') return <Job each={each} walk={walk} />;
  if (each.kind !== 'MESSAGE' && each.kind !== 'SIGNAL') return null;
  return (
    <Filling
      form={null}
      action={t(each.kind === 'SIGNAL' ? 'walk.signal' : 'walk.message')}
      working={working}
      onDone={(data) => void choose(happened(each, data))}
    />
  );
}

function Task({ each, walk: { working, choose } }: { each: Waiting; walk: WalkState }) {
  const { t } = useI18n();
  const [as, setAs] = useState(each.accounts[0] ?? ANYBODY);
  return (
    <>
      {each.accounts.length > 1 && (
        <Choice
          label={t('walk.as')}
          value={as}
          options={each.accounts.map((value) => ({ value, label: value }))}
          onChange={setAs}
        />
      )}
      <Filling
        form={each.form}
        data={each.data}
        action={t('walk.complete', { name: as })}
        working={working}
        onDone={(data) => void choose(taskDone(each, as, data))}
      />
    </>
  );
}

function Job({ each, walk: { working, choose } }: { each: Waiting; walk: WalkState }) {
  const { t } = useI18n();
  const [error, setError] = useState('');
  return (
    <>
      <Filling
        form={null}
        action={t('walk.jobDone')}
        working={working}
        onDone={(data) => void choose(jobDone(each, data))}
      />
      <div className="row walk-error">
        <TextInput label={t('walk.errorCode')} value={error} onChange={setError} maxLength={256} />
        <Button isDisabled={working || error.trim() === ''} onPress={() => void choose(jobFailed(each, error.trim()))}>
          {t('walk.jobFailed')}
        </Button>
      </div>
    </>
  );
}
