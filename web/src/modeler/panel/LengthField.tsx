import { useState } from 'react';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Committed } from './Committed';
import { lengthOf, UNITS, written, type Unit } from './length';

interface Props {
  label: string;
  /** ISO 8601; empty for none */
  value: string;
  onChange: (value: string) => void;
}

/** A length of time as a number and a unit; what is no such length is entered as it is written. */
export function LengthField({ label, value, onChange }: Props) {
  const { t } = useI18n();
  const length = lengthOf(value);
  // a unit that is chosen before there is a number
  const [unit, setUnit] = useState<Unit>('days');
  if (!length) return <Committed label={label} value={value} onCommit={onChange} />;
  const present = length.count ? length.unit : unit;
  return (
    <div className="panel-length">
      <Committed
        label={label}
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
