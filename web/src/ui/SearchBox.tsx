import { useEffect, useState } from 'react';
import { Input, Label, SearchField, Text } from 'react-aria-components';

interface Props {
  label: string;
  hint: string;
  value: string;
  onSearch: (text: string) => void;
}

const TYPING = 350;

/** Searches when typing pauses, at once on Enter or when emptied with Escape. */
export function SearchBox({ label, hint, value, onSearch }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <SearchField
      className="field search-box"
      value={text}
      onChange={setText}
      onSubmit={(typed) => onSearch(typed.trim())}
      onClear={() => onSearch('')}
    >
      <Label>{label}</Label>
      <Input />
      <Text slot="description" className="hint">
        {hint}
      </Text>
    </SearchField>
  );
}
