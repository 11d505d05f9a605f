/** Choosing a person by part of the name or user name; what is found is listed while one types. */
import { useEffect, useRef, useState } from 'react';
import { ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { findPeople } from '../api/taskActions';
import { useI18n } from '../i18n';

interface Props {
  label: string;
  error?: string | null;
  /** who cannot be chosen */
  without: readonly string[];
  onChoose: (username: string | null) => void;
  /** several are chosen, one after the other: the field is for the next one then */
  several?: boolean;
}

const PAUSE = 200;

export function PersonPicker({ label, error = null, without, onChoose, several = false }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ username: string; name: string }[] | null>(null);

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

  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (turn > 0) input.current?.focus();
  }, [turn]);

  const people = (found ?? []).filter(({ username }) => !without.includes(username));
  return (
    <ComboBox
      key={turn}
      className="field"
      items={people.map((person) => ({ id: person.username, ...person }))}
      inputValue={text}
      onInputChange={setText}
      onSelectionChange={(key) => {
        onChoose(key === null ? null : String(key));
        const chosen = people.find(({ username }) => username === key);
        if (!chosen) return;
        setText(several ? '' : chosen.name);
        if (several) setTurn(turn + 1);
      }}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      // with the next one, the list does not come back over what stands below before somebody types; then it opens at
      // once, and shows who is found later
      menuTrigger={several ? 'input' : 'focus'}
      allowsEmptyCollection={several}
    >
      <Label>{label}</Label>
      <Input ref={input} />
      {error && <FieldError className="error">{error}</FieldError>}
      <Popover className="popover">
        <ListBox<{ id: string; username: string; name: string }>
          className="menu"
          renderEmptyState={() => (
            <p className="muted small">{t(found === null ? 'common.loading' : 'accounts.none')}</p>
          )}
        >
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
