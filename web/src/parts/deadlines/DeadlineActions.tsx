/** Extend a deadline, or add facts to it, for who may. */
import { useState, type ReactNode } from 'react';
import { extension, supplement } from '../../api/deadlines';
import { intervene } from '../../api/interventions';
import type { DeadlineDetails } from '../../api/types';
import { now } from '../../dates/clock';
import { formatMoment } from '../../dates/format';
import { DateInput } from '../../forms/DateInput';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { ReasonDialog } from '../ReasonDialog';

interface Props {
  deadline: DeadlineDetails;
  name: string;
  reload: () => void;
}

export function DeadlineActions({ deadline, name, reload }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState<'extend' | 'supplement' | null>(null);
  const close = () => setOpen(null);
  const may = (action: 'extend' | 'supplement') => deadline.actions.includes(action);
  if (deadline.actions.length === 0) return null;
  return (
    <div className="row">
      {may('extend') && (
        <Button small aria-label={t('deadline.extendOf', { name })} onPress={() => setOpen('extend')}>
          {t('deadline.extend')}
        </Button>
      )}
      {may('supplement') && (
        <Button small aria-label={t('deadline.supplementOf', { name })} onPress={() => setOpen('supplement')}>
          {t('deadline.supplement')}
        </Button>
      )}
      {open === 'extend' && <Extend deadline={deadline} name={name} reload={reload} onClose={close} />}
      {open === 'supplement' && <Supplement deadline={deadline} name={name} reload={reload} onClose={close} />}
    </div>
  );
}

type Dialog = Props & { onClose: () => void };

function Extend({ deadline, name, reload, onClose }: Dialog) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [due, setDue] = useState<string | null>(deadline.dueAt);
  const [file, setFile] = useState<File | null>(null);
  const { lateUntil } = deadline;
  return (
    <ReasonDialog
      title={t('deadline.extendOf', { name })}
      hint={
        lateUntil ? t('deadline.extendHint', { date: formatMoment(lateUntil, language) }) : t('deadline.extendFree')
      }
      action={t('deadline.extend')}
      missing={due ? null : t('deadline.newDueNeeded')}
      onSubmit={async (reason) => {
        const request = await extension(due ?? '', reason, file);
        const outcome = await intervene('extend', deadline.deadlineKey, request);
        announce(t(outcome === 'done' ? 'deadline.extended' : 'intervention.sent'));
        reload();
      }}
      onClose={onClose}
    >
      <Moment id="extend-to" label={t('deadline.newDue')} iso={due} onIso={setDue} />
      <Paper onFile={setFile} />
    </ReasonDialog>
  );
}

function Supplement({ deadline, name, reload, onClose }: Dialog) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [moment, setMoment] = useState<string | null>(new Date(now()).toISOString());
  const [file, setFile] = useState<File | null>(null);
  return (
    <ReasonDialog
      title={t('deadline.supplementOf', { name })}
      hint={t('deadline.supplementHint')}
      label={t('deadline.supplementText')}
      action={t('deadline.supplement')}
      missing={moment ? null : t('deadline.newDueNeeded')}
      onSubmit={async (text) => {
        await supplement(deadline.deadlineKey, { text, happenedAt: moment }, file);
        announce(t('deadline.supplemented'));
        reload();
      }}
      onClose={onClose}
    >
      <Moment id="happened-at" label={t('deadline.happenedAt')} iso={moment} onIso={setMoment} />
      <Paper onFile={setFile} />
    </ReasonDialog>
  );
}

interface MomentProps {
  id: string;
  label: string;
  iso: string | null;
  onIso: (iso: string | null) => void;
}

function Moment({ id, label, iso, onIso }: MomentProps): ReactNode {
  return (
    <DateInput
      id={id}
      label={label}
      description=""
      kind="datetime"
      iso={iso}
      errors={[]}
      required
      disabled={false}
      readOnly={false}
      notPast={false}
      onIso={onIso}
      onBlur={() => undefined}
    />
  );
}

function Paper({ onFile }: { onFile: (file: File | null) => void }) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor="deadline-file">{t('deadline.file')}</label>
      <input id="deadline-file" type="file" onChange={(event) => onFile(event.target.files?.[0] ?? null)} />
    </div>
  );
}
