import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { useResource } from '../../ui/useResource';
import type { Named } from '../parts';

interface Props {
  label: string;
  /** what is said for nothing */
  none: string;
  value: string;
  /** what the draft itself has */
  own: readonly Named[];
  /** Reads what is deployed; stable. */
  deployed: (signal?: AbortSignal) => Promise<Named[]>;
  onChange: (id: string) => void;
}

/** One of what the draft has, and then of what is deployed; what neither knows is shown as it is written. */
export function FromRegister({ label, none, value, own, deployed, onChange }: Props) {
  const { t } = useI18n();
  const found = useResource(deployed);
  const ids = new Set(own.map(({ id }) => id));
  const others = (found.data ?? []).filter(({ id }) => !ids.has(id));
  const option = ({ id, name }: Named) => ({ value: id, label: name === id ? id : `${name} (${id})` });
  const options = [
    ...own.map((each) => ({ ...option(each), label: t('called.ofDraft', { name: option(each).label }) })),
    ...others.map(option),
  ];
  const present = value && !options.some((each) => each.value === value) ? [{ value, label: value }] : [];
  return (
    <>
      <Choice
        label={label}
        value={value}
        options={[{ value: '', label: none }, ...options, ...present]}
        onChange={onChange}
      />
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
    </>
  );
}
