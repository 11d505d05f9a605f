import { useEffect, useRef, useState } from 'react';
import { TextInput } from '../../ui/Fields';

interface Props {
  label: string;
  hint?: string;
  value: string;
  multiline?: boolean;
  maxLength?: number;
  /** Is given what was typed, once: when the field is left, on Enter, and when the field goes. */
  onCommit: (value: string) => void;
}

/** A text that changes the diagram once it is finished, not with each letter: one step that can be undone. */
export function Committed({ value, onCommit, multiline = false, maxLength = 4000, ...props }: Props) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  const last = useRef({ text, value, onCommit });
  useEffect(() => {
    last.current = { text, value, onCommit };
  });
  function commit() {
    const { text: typed, value: before, onCommit: tell } = last.current;
    if (typed.trim() === before) return;
    last.current.value = typed.trim();
    tell(typed.trim());
  }
  useEffect(() => () => commitLast(last), []);
  return (
    <TextInput
      {...props}
      multiline={multiline}
      maxLength={maxLength}
      value={text}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !multiline) commit();
      }}
    />
  );
}

type Last = { current: { text: string; value: string; onCommit: (value: string) => void } };

function commitLast({ current: { text, value, onCommit } }: Last): void {
  if (text.trim() !== value) onCommit(text.trim());
}
