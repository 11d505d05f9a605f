import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import type { Named } from '../parts';
import type { Deadline } from '../timing';
import { BothTexts } from './BothTexts';
import { Committed } from './Committed';
import { Expression } from './Expression';
import { LengthField } from './LengthField';
import { Recipients } from './Reminders';

const OVERSEERS = ['head'] as const;
const CALENDARS = ['calendar', 'working', 'hours', 'civil'] as const;

/** What a clock may be stopped by, and the fields that may hold the reasons of who is late. */
export interface Around {
  /** where the clock stands, or its first step: what a case knows there may begin it */
  elementId: string;
  nodes: readonly Named[];
  fields: readonly Named[];
}

interface Props {
  deadlines: readonly Deadline[];
  around: Around;
  fresh: () => string;
  onChange: (deadlines: Deadline[]) => void;
}

/** The clocks that the law sets for a process or a part of it. */
export function Deadlines({ deadlines, around, fresh, onChange }: Props) {
  const { t } = useI18n();
  const change = (id: string, changes: Partial<Deadline>) =>
    onChange(deadlines.map((each) => (each.id === id ? { ...each, ...changes } : each)));
  const blank = { text: { th: null, en: null }, from: '=now()', duration: 'P30D', at: '', calendar: 'calendar' };
  const rest = { stoppedBy: '', lateUntil: '', lateReasonsField: '', overseers: [] };
  return (
    <>
      {deadlines.map((deadline) => (
        <fieldset key={deadline.id} className="panel-item">
          <legend>{deadline.id}</legend>
          <OneDeadline deadline={deadline} around={around} onChange={(changes) => change(deadline.id, changes)} />
          <Button
            small
            aria-label={t('panel.removeOne', { name: deadline.id })}
            onPress={() => onChange(deadlines.filter(({ id }) => id !== deadline.id))}
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={() => onChange([...deadlines, { id: fresh(), ...blank, ...rest }])}>
        {t('timing.addDeadline')}
      </Button>
    </>
  );
}

interface OneProps {
  deadline: Deadline;
  around: Around;
  onChange: (changes: Partial<Deadline>) => void;
}

function OneDeadline({ deadline, around, onChange }: OneProps) {
  const { t } = useI18n();
  const calendars = CALENDARS.map((value) => ({ id: value as string, name: t(`panel.calendar.${value}`) }));
  return (
    <>
      <BothTexts label={t('timing.deadlineText')} value={deadline.text} onCommit={(text) => onChange({ text })} />
      <Expression
        label={t('timing.from')}
        value={deadline.from}
        elementId={around.elementId}
        onCommit={(from) => onChange({ from })}
      />
      {!deadline.at && (
        <LengthField
          label={t('timing.duration')}
          value={deadline.duration}
          onChange={(duration) => onChange({ duration })}
        />
      )}
      {!deadline.duration && (
        <Committed
          label={t('timing.at')}
          hint={t('timing.atHint')}
          value={deadline.at}
          onCommit={(at) => onChange({ at })}
        />
      )}
      <One
        label={t('panel.calendar')}
        value={deadline.calendar}
        of={calendars}
        onChange={(calendar) => onChange({ calendar })}
      />
      <One
        label={t('timing.stoppedBy')}
        value={deadline.stoppedBy}
        of={around.nodes}
        onChange={(stoppedBy) => onChange({ stoppedBy })}
      />
      <LengthField
        label={t('timing.lateUntil')}
        value={deadline.lateUntil}
        onChange={(lateUntil) => onChange({ lateUntil })}
      />
      <One
        label={t('timing.lateReasons')}
        value={deadline.lateReasonsField}
        of={around.fields}
        onChange={(lateReasonsField) => onChange({ lateReasonsField })}
      />
      <h4>{t('timing.overseers')}</h4>
      <Recipients words={OVERSEERS} chosen={deadline.overseers} onChange={(overseers) => onChange({ overseers })} />
    </>
  );
}

interface ChoiceOf {
  label: string;
  value: string;
  of: readonly Named[];
  onChange: (value: string) => void;
}

/** One of a register, or nothing; what the register does not know is shown as it is written. */
function One({ label, value, of, onChange }: ChoiceOf) {
  const { t } = useI18n();
  const known = of.map(({ id, name }) => ({ value: id, label: name }));
  const present = value && !known.some((each) => each.value === value) ? [{ value, label: value }] : [];
  return (
    <Choice
      label={label}
      value={value}
      options={[{ value: '', label: t('timing.none') }, ...known, ...present]}
      onChange={onChange}
    />
  );
}
