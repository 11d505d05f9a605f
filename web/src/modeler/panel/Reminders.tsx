import { allGroups } from '../../api/directory';
import type { Texts } from '../../api/types';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useResource } from '../../ui/useResource';
import { ACTIONS, WHENS, type Reminder } from '../timing';
import { Chosen } from './Chosen';
import { LengthField } from './LengthField';

interface Props {
  reminders: readonly Reminder[];
  /** that one may be about, besides the due time of tasks */
  deadlines: readonly { id: string; text: Texts }[];
  onChange: (reminders: Reminder[]) => void;
}

const FRESH: Reminder = {
  deadline: '',
  when: 'before',
  length: 'P1D',
  calendar: 'working',
  to: ['performer'],
  action: 'notify',
  repeat: '',
  kept: {},
};

/** Who is reminded when, and what is done besides; without any the office's usual reminders are sent. */
export function Reminders({ reminders, deadlines, onChange }: Props) {
  const { t } = useI18n();
  const change = (at: number, changes: Partial<Reminder>) =>
    onChange(reminders.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  return (
    <>
      {reminders.length === 0 && <p className="muted small">{t('timing.usual')}</p>}
      {reminders.map((reminder, index) => (
        <fieldset key={index} className="panel-item">
          <legend>{t('timing.reminderNumber', { n: String(index + 1) })}</legend>
          <OneReminder reminder={reminder} deadlines={deadlines} onChange={(changes) => change(index, changes)} />
          <Button
            small
            aria-label={t('panel.removeOne', { name: t('timing.reminderNumber', { n: String(index + 1) }) })}
            onPress={() => onChange(reminders.filter((_, at) => at !== index))}
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={() => onChange([...reminders, FRESH])}>
        {t('timing.addReminder')}
      </Button>
    </>
  );
}

interface OneProps {
  reminder: Reminder;
  deadlines: Props['deadlines'];
  onChange: (changes: Partial<Reminder>) => void;
}

function OneReminder({ reminder, deadlines, onChange }: OneProps) {
  const { pick, t } = useI18n();
  const known = ACTIONS.map((value) => ({ value: value as string, label: t(`timing.action.${value}`) }));
  const clocks = deadlines.map(({ id, text }) => ({ value: id, label: pick(text.th, text.en) || id }));
  return (
    <>
      {(clocks.length > 0 || reminder.deadline) && (
        <Choice
          label={t('timing.about')}
          value={reminder.deadline}
          options={present(reminder.deadline, [{ value: '', label: t('timing.dueTime') }, ...clocks])}
          onChange={(deadline) => onChange({ deadline })}
        />
      )}
      <Choice
        label={t('timing.when')}
        value={reminder.when}
        options={WHENS.map((value) => ({ value, label: t(`timing.when.${value}`) }))}
        onChange={(when) => onChange({ when, length: when === 'due' ? '' : reminder.length || 'P1D' })}
      />
      {reminder.when !== 'due' && (
        <LengthField
          label={t('timing.length')}
          value={reminder.length}
          onChange={(length) => onChange(length ? { length } : { length, when: 'due' })}
        />
      )}
      <Choice
        label={t('panel.calendar')}
        value={reminder.calendar}
        options={present(reminder.calendar, [
          { value: 'working', label: t('panel.calendar.working') },
          { value: 'calendar', label: t('panel.calendar.calendar') },
        ])}
        onChange={(calendar) => onChange({ calendar })}
      />
      <Recipients chosen={reminder.to} onChange={(to) => onChange({ to })} />
      {!reminder.deadline && (
        <Choice
          label={t('timing.action')}
          value={reminder.action}
          options={present(reminder.action, known)}
          onChange={(action) => onChange({ action })}
        />
      )}
      <LengthField label={t('timing.repeat')} value={reminder.repeat} onChange={(repeat) => onChange({ repeat })} />
    </>
  );
}

const WORDS = ['performer', 'group', 'head'] as const;

interface RecipientsProps {
  /** which of the words of the manual may be chosen here */
  words?: readonly (typeof WORDS)[number][];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Words of the manual, and every group of the directory. */
export function Recipients({ words = WORDS, chosen, onChange }: RecipientsProps) {
  const { pick, t } = useI18n();
  const groups = useResource(allGroups);
  const known = words.map((value) => ({ value, label: t(`timing.to.${value}`) }));
  const roles = (groups.data ?? []).map(({ groupId, name, nameEn }) => ({
    value: `role:${groupId}`,
    label: pick(name, nameEn) || groupId,
  }));
  return (
    <Chosen
      label={t('timing.to')}
      add={t('timing.addTo')}
      chosen={chosen}
      options={[...known, ...roles]}
      onChange={onChange}
    />
  );
}

/** The options, with what stands in the diagram although nobody offers it. */
function present(value: string, options: { value: string; label: string }[]) {
  return options.some((each) => each.value === value) ? options : [...options, { value, label: value }];
}
