import { Checkbox } from 'react-aria-components';

interface Props {
  label: string;
  selected: boolean;
  disabled?: boolean;
  onChange: (selected: boolean) => void;
}

/** A labelled tick. */
export function Check({ label, selected, disabled = false, onChange }: Props) {
  return (
    <Checkbox className="checkbox" isSelected={selected} isDisabled={disabled} onChange={onChange}>
      <span className="checkbox-box" aria-hidden="true" />
      {label}
    </Checkbox>
  );
}
