import { CheckboxGroup, Checkbox, Label, Text } from 'react-aria-components';

interface Props {
  label: string;
  hint: string;
  options: readonly { value: string; label: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of some things, ticked. */
export function CheckList({ label, hint, options, chosen, onChange }: Props) {
  return (
    <CheckboxGroup className="field check-list" value={chosen} onChange={onChange}>
      <Label>{label}</Label>
      <Text slot="description" className="hint">
        {hint}
      </Text>
      <div className="check-list-options">
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} className="checkbox">
            <span className="checkbox-box" aria-hidden="true" />
            {option.label}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
