/** Choosing a person by part of the name or user name; what is found is listed while one types. */
import { useEffect, useState } from 'react';
import { ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { findPeople } from '../api/taskActions';

interface Props {
  label: string;
  error?: string | null;
  /** who cannot be chosen */
  without: readonly string[];
  onChoose: (username: string | null) => void;
}

const PAUSE = 200;

export function PersonPicker({ label, error = null, without, onChoose }: Props) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ username: string; name: string }[]>([]);

  useEffect(() => {
    const asking = new AbortController();
    const wait = setTimeout(() => {
      findPeople(text.trim(), asking.signal).then(setFound, () => undefined);
    }, PAUSE);
    return () => {
      clearTimeout(wait);
      asking.abort();
    };
  }, [text]);

  const people = found.filter(({ username }) => !without.includes(username));
  return (
    <ComboBox
      className="field"
      items={people.map((person) => ({ id: person.username, ...person }))}
      inputValue={text}
      onInputChange={setText}
      onSelectionChange={(key) => {
        onChoose(key === null ? null : String(key));
        const chosen = people.find(({ username }) => username === key);
        if (chosen) setText(chosen.name);
      }}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      menuTrigger="focus"
    >
      <Label>{label}</Label>
      <Input />
      {error && <FieldError className="error">{error}</FieldError>}
      <Popover>
        <ListBox<{ id: string; username: string; name: string }> className="menu">
          {(person) => (
            <ListBoxItem className="menu-item" textValue={person.name}>
              {person.name} <span className="muted small">{person.username}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
