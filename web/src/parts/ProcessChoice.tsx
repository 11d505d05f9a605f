import { useCallback } from 'react';
import { getLatest } from '../api/definitions';
import { useI18n } from '../i18n';
import { Choice } from '../ui/Choice';
import { useResource } from '../ui/useResource';

interface Props {
  label: string;
  /** what choosing none means */
  any: string;
  value: string | null;
  onChange: (process: string | null) => void;
}

/** One of the processes by its id, or none. What the address names stays chosen, also while the processes are read. */
export function ProcessChoice({ label, any, value, onChange }: Props) {
  const { pick } = useI18n();
  const processes = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const known = (processes.data ?? []).map(({ processDefinitionId: id, name, nameEn }) => ({
    value: id,
    label: pick(name, nameEn) || id,
  }));
  const chosen = value !== null && !known.some((each) => each.value === value) ? [{ value, label: value }] : [];
  return (
    <Choice
      label={label}
      value={value ?? ''}
      options={[{ value: '', label: any }, ...chosen, ...known]}
      onChange={(id) => onChange(id || null)}
    />
  );
}
