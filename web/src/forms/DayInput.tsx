import { DateInput } from './DateInput';

interface Props {
  id: string;
  label: string;
  /** YYYY-MM-DD */
  day: string | null;
  onDay: (day: string | null) => void;
}

/** A day that may be left open. */
export function DayInput({ id, label, day, onDay }: Props) {
  return (
    <DateInput
      id={id}
      label={label}
      description=""
      kind="date"
      iso={day}
      errors={[]}
      required={false}
      disabled={false}
      readOnly={false}
      notPast={false}
      onIso={onDay}
      onBlur={() => undefined}
    />
  );
}
