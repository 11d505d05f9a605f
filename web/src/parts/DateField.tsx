import { useState } from 'react';
import { DateInput } from '../forms/DateInput';
import type { DateKind } from '../forms/dateValue';

interface Props {
  id: string;
  label: string;
  kind: DateKind;
  initial?: string;
  /** null while it is not a whole date */
  onIso: (iso: string | null) => void;
}

/** A date (and time) outside of forms of processes, as people of the office write it. */
export function DateField({ id, label, kind, initial, onIso }: Props) {
  const [iso, setIso] = useState<string | null>(initial ?? null);
  return (
    <div className="field">
      <DateInput
        id={id}
        label={label}
        description=""
        kind={kind}
        iso={iso}
        errors={[]}
        required={false}
        disabled={false}
        readOnly={false}
        notPast={false}
        onIso={(next) => {
          setIso(next);
          onIso(next);
        }}
        onBlur={() => undefined}
      />
    </div>
  );
}
