import { useState } from 'react';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import type { Step } from '../extensions';
import { Committed } from './Committed';
import { lengthOf, UNITS, written, type Unit } from './length';

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
      <StandardTime value={step?.standardTime ?? ''} onChange={(standardTime) => onChange({ standardTime })} />
      <Choice
        label={t('panel.calendar')}
        value={calendar}
        options={[{ value: '', label: t('panel.calendar.none') }, ...known, ...other]}
        onChange={(value) => onChange({ calendar: value })}
      />
    </>
  );
}

function StandardTime({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useI18n();
  const length = lengthOf(value);
  // a unit that is chosen before there is a number
  const [unit, setUnit] = useState<Unit>('days');
  if (!length) return <Committed label={t('panel.standardTime')} value={value} onCommit={onChange} />;
  const present = length.count ? length.unit : unit;
  return (
    <div className="panel-length">
      <Committed
        label={t('panel.standardTime')}
        value={length.count}
        maxLength={4}
        onCommit={(count) => onChange(written({ count, unit: present }))}
      />
      <Choice
        label={t('panel.unit')}
        value={present}
        options={UNITS.map((each) => ({ value: each, label: t(`panel.unit.${each}`) }))}
        onChange={(next) => {
          setUnit(next);
          if (length.count) onChange(written({ count: length.count, unit: next }));
        }}
      />
    </div>
  );
}
