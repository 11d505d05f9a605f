/** What tells something: states, times, names, failures, lists, dialogs. */
import { useState } from 'react';
import { Problem } from '../../api/client';
import { now } from '../../dates/clock';
import { useI18n } from '../../i18n';
import { Obstacles } from '../../parts/Obstacles';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { AskForm } from '../../ui/AskForm';
import { Button } from '../../ui/Button';
import { Countdown, StatutoryClock } from '../../ui/Countdown';
import { Empty } from '../../ui/Empty';
import { Failure } from '../../ui/Failure';
import { Kept } from '../../ui/Kept';
import { Listed } from '../../ui/Listed';
import { Loading } from '../../ui/Loading';
import { By, GroupList, Person } from '../../ui/Person';
import { Secret } from '../../ui/Secret';
import type { List } from '../../ui/useList';
import { Specimen } from './Specimen';

const HOUR = 3_600_000;
const nothing = () => undefined;
const refused = new Problem({
  type: 'about:blank',
  title: 'FORBIDDEN',
  status: 403,
  detail: '',
  instance: '/',
  code: 'forbidden',
});
const LIST: List<string> = {
  items: null,
  error: null,
  more: false,
  loadingMore: false,
  loadMore: nothing,
  reload: nothing,
};

export function Told() {
  const { t } = useI18n();
  // fixed for as long as the page is open: what is shown does not move under a camera
  const [moment] = useState(now);
  const at = (hours: number) => new Date(moment + hours * HOUR).toISOString();
  const sample = t('components.sample');
  return (
    <>
      <Specimen name="badge">
        {['', 'good', 'bad', 'warn'].map((tone) => (
          <span key={tone} className={`badge ${tone}`}>
            {sample}
          </span>
        ))}
      </Specimen>
      <Specimen name="notice">
        {['', 'warn', 'danger'].map((tone) => (
          <div key={tone} className={`notice ${tone}`}>
            <p>{sample}</p>
          </div>
        ))}
      </Specimen>
      <Specimen name="Countdown">
        <Countdown to={at(-30)} />
        <Countdown to={at(3)} />
        <Countdown to={at(240)} />
        <Countdown to={at(50)} statutory />
        <StatutoryClock />
      </Specimen>
      <Specimen name="Kept">
        <Kept due={at(1)} done={at(0)} />
        <Kept due={at(0)} done={at(1)} />
      </Specimen>
      <Specimen name="Person">
        <Person username="admin" />
        <Person username={null} />
        <GroupList groups={['ict_center']} />
        <By username="admin" at={at(0)} />
      </Specimen>
      <Specimen name="Empty">
        <Empty title={t('cases.empty')} hint={t('empty.cases')}>
          <Button>{t('empty.all')}</Button>
        </Empty>
      </Specimen>
      <Specimen name="Loading">
        <Loading />
      </Specimen>
      <Specimen name="Failure">
        <Failure error={refused} retry={nothing} />
        <Failure error={new TypeError('offline')} />
      </Specimen>
      <Specimen name="Obstacles">
        <Obstacles obstacle={{ kind: 'stale' }} fields={[]} focusField={nothing} />
        <Obstacles
          obstacle={{ kind: 'fields', fields: [{ field: 'a', text: t('components.wrong') }] }}
          fields={[{ id: 'a', path: 'a', label: { th: sample, en: sample } }]}
          focusField={nothing}
        />
        <Obstacles obstacle={{ kind: 'problem', error: refused }} fields={[]} focusField={nothing} />
      </Specimen>
      <Specimen name="Listed">
        <Lists sample={sample} />
      </Specimen>
      <Specimen name="Secret">
        <Secret title={sample} hint={t('look.hint')} secret="0123-4567-89ab" onClose={nothing} />
      </Specimen>
      <Specimen name="AskForm">
        <AskForm
          fields={[{ name: 'sample', label: sample }]}
          submit={t('common.save')}
          action={() => Promise.reject(refused)}
        />
      </Specimen>
      <Dialogs />
    </>
  );
}

function Lists({ sample }: { sample: string }) {
  const states: List<string>[] = [
    LIST,
    { ...LIST, error: refused },
    { ...LIST, items: [] },
    { ...LIST, items: [sample], more: true },
    { ...LIST, items: [sample], more: true, loadingMore: true },
  ];
  const { t } = useI18n();
  return states.map((list, at) => (
    <Listed key={at} list={list} empty={<p>{t('cases.empty')}</p>}>
      {(items) => <p>{items.join()}</p>}
    </Listed>
  ));
}

function Dialogs() {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [open, setOpen] = useState<'action' | 'reason' | null>(null);
  const close = () => setOpen(null);
  const sample = t('components.sample');
  return (
    <>
      <Specimen name="ActionDialog">
        <Button onPress={() => setOpen('action')}>{t('components.openDialog')}</Button>
        {open === 'action' && (
          <ActionDialog
            title={sample}
            hint={t('components.hint')}
            submit={t('common.save')}
            act={() => Promise.reject(refused)}
            onClose={close}
          >
            <p>{sample}</p>
          </ActionDialog>
        )}
      </Specimen>
      <Specimen name="ReasonDialog">
        <Button onPress={() => setOpen('reason')}>{t('components.openDialog')}</Button>
        {open === 'reason' && (
          <ReasonDialog
            title={sample}
            hint={t('components.hint')}
            action={t('common.save')}
            onSubmit={() => Promise.reject(refused)}
            onClose={close}
          />
        )}
      </Specimen>
      <Specimen name="Announcer">
        <Button onPress={() => announce(sample)}>{t('components.announce')}</Button>
      </Specimen>
    </>
  );
}
