import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import type { Step } from '../extensions';
import { Committed } from './Committed';
import { LengthField } from './LengthField';

const CALENDARS = ['working', 'calendar', 'hours', 'civil'] as const;

interface Props {
  step: Step | null;
  onChange: (changes: Partial<Step>) => void;
}

/** The step of the manual that an element is, with its standard time. */
export function StepFields({ step, onChange }: Props) {
  const { t } = useI18n();
  const calendar = step?.calendar ?? '';
  const known = CALENDARS.map((value) => ({ value: value as string, label: t(`panel.calendar.${value}`) }));
  const other =
    calendar && !known.some(({ value }) => value === calendar) ? [{ value: calendar, label: calendar }] : [];
  return (
    <>
      <Committed
        label={t('panel.number')}
        value={step?.number ?? ''}
        maxLength={20}
        onCommit={(number) => onChange({ number })}
      />
      <LengthField
        label={t('panel.standardTime')}
        value={step?.standardTime ?? ''}
        onChange={(standardTime) => onChange({ standardTime })}
      />
      <Choice
        label={t('panel.calendar')}
        value={calendar}
        options={[{ value: '', label: t('panel.calendar.none') }, ...known, ...other]}
        onChange={(value) => onChange({ calendar: value })}
      />
    </>
  );
}
