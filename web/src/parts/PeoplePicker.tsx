/** Chooses one person by name: suggestions from the directory below the field, while one types. */
import { useCallback, useEffect, useState } from 'react';
import { Autocomplete, Input, Label, ListBox, ListBoxItem, Text, TextField } from 'react-aria-components';
import { searchPeople, type FoundPerson } from '../api/directory';
import { useI18n } from '../i18n';
import { useResource } from '../ui/useResource';
import './people-picker.css';

const TYPING = 250;

interface Props {
  label: string;
  hint?: string;
  /** while nobody is, what is typed is searched for */
  chosen: string | null;
  onChoose: (username: string | null) => void;
}

export function PeoplePicker({ label, hint, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const searching = chosen === null && text.trim() !== '';

  function choose(person: FoundPerson) {
    onChoose(person.username);
    setText(nameOf(person));
  }

  return (
    <div className="people-picker">
      <Autocomplete
        inputValue={text}
        onInputChange={(typed) => {
          if (typed === text) return;
          setText(typed);
          onChoose(null);
        }}
      >
        <TextField className="field" autoComplete="off">
          <Label>{label}</Label>
          <Input placeholder={t('people.search')} />
          {hint && (
            <Text slot="description" className="hint">
              {hint}
            </Text>
          )}
        </TextField>
        {searching && <Suggestions label={label} text={text} onChoose={choose} />}
      </Autocomplete>
    </div>
  );
}

interface SuggestionsProps {
  label: string;
  text: string;
  onChoose: (person: FoundPerson) => void;
}

function Suggestions({ label, text, onChoose }: SuggestionsProps) {
  const { t } = useI18n();
  const wanted = useSettled(text);
  const { data } = useResource(useCallback((signal: AbortSignal) => searchPeople(wanted, signal), [wanted]));
  if (data === undefined) return null;
  return (
    <ListBox
      className="menu suggestions"
      aria-label={`${t('people.show')}: ${label}`}
      items={data}
      onAction={(key) => {
        const person = data.find(({ username }) => username === key);
        if (person) onChoose(person);
      }}
      renderEmptyState={() => <div className="menu-header">{t('people.nobody')}</div>}
    >
      {(person) => (
        <ListBoxItem id={person.username} textValue={nameOf(person)} className="menu-item">
          {nameOf(person)} <span className="muted small">{person.username}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}

function nameOf({ name, username }: FoundPerson): string {
  return name ?? username;
}

/** The text once typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text.trim());
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
