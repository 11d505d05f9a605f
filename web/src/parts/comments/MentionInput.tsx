/** A text in which `@` brings up the people who may read the case: arrows, Enter or Tab choose one, Escape closes. */
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Label, Text, TextArea, TextField } from 'react-aria-components';
import { searchReaders } from '../../api/cases';
import type { ProcessInstanceKey } from '../../api/types';
import { useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useResource } from '../../ui/useResource';
import { beingTyped, withMention, type Mentioned } from './mentions';

interface Props {
  processInstanceKey: ProcessInstanceKey;
  label: string;
  value: string;
  onChange: (text: string) => void;
  onMention: (person: Mentioned) => void;
}

const LONGEST = 4000;
const PAUSE = 200;

export function MentionInput({ processInstanceKey, label, value, onChange, onMention }: Props) {
  const { language, t } = useI18n();
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  // where the caret goes once the text is drawn that it belongs to
  const goes = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [closed, setClosed] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const typed = beingTyped(value, caret);
  const looking = typed !== null && typed.from !== closed;
  const people = useReaders(processInstanceKey, looking ? typed.query : null);
  const open = looking && people.length > 0;
  const present = Math.min(at, people.length - 1);
  const option = (index: number) => `${list}-${index}`;

  useLayoutEffect(() => {
    if (goes.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(goes.current, goes.current);
    goes.current = null;
  }, [value]);
  useEffect(() => {
    // at the end of a page it would open below what is seen
    if (open) document.getElementById(list)?.scrollIntoView({ block: 'nearest' });
  }, [open, list]);

  function choose(person: Mentioned) {
    if (!typed) return;
    const put = withMention(value, typed.from, caret, person.name);
    onMention(person);
    onChange(put.text);
    setCaret(put.caret);
    setClosed(typed.from);
    setAt(0);
    goes.current = put.caret;
  }

  function change(text: string) {
    const next = area.current?.selectionStart ?? text.length;
    onChange(text);
    setCaret(next);
    // what was closed opens again with another mention
    if (!beingTyped(text, next)) setClosed(null);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!open) return;
    const person = people[present];
    if (event.key === 'ArrowDown') setAt((present + 1) % people.length);
    else if (event.key === 'ArrowUp') setAt((present + people.length - 1) % people.length);
    else if (event.key === 'Escape') setClosed(typed?.from ?? null);
    else if ((event.key === 'Enter' || event.key === 'Tab') && person) choose(person);
    else return;
    event.preventDefault();
  }

  return (
    <div className="mention-input">
      <TextField className="field" value={value} onChange={change} maxLength={LONGEST}>
        <Label>{label}</Label>
        <TextArea
          ref={area}
          rows={3}
          aria-autocomplete="list"
          aria-controls={open ? list : undefined}
          aria-activedescendant={open ? option(present) : undefined}
          onKeyDown={onKeyDown}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setClosed(typed?.from ?? null)}
          onFocus={() => setClosed(null)}
        />
        <Text slot="description" className="hint">
          {t('mention.hint')}
        </Text>
      </TextField>
      <div role="status" className="visually-hidden">
        {open && t('mention.found', { n: formatNumber(people.length, language) })}
      </div>
      {open && (
        <div id={list} role="listbox" aria-label={t('mention.people')} className="menu mention-list">
          {people.map((person, index) => (
            <div
              key={person.username}
              id={option(index)}
              role="option"
              aria-selected={index === present}
              tabIndex={-1}
              className="menu-item"
              // the text keeps the focus
              onPointerDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              {person.name} <span className="muted small">{person.username}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Who may be meant, oneself left out; null looks for nobody. */
function useReaders(key: ProcessInstanceKey, query: string | null): Mentioned[] {
  const me = useMe();
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const wait = setTimeout(() => setAsked(query), query === null ? 0 : PAUSE);
    return () => clearTimeout(wait);
  }, [query]);
  const wanted = query === null ? null : asked;
  const found = useResource(
    useCallback(
      (signal: AbortSignal) => (wanted === null ? Promise.resolve([]) : searchReaders(key, wanted.trim(), signal)),
      [key, wanted],
    ),
  );
  return wanted === null ? [] : (found.data ?? []).filter(({ username }) => username !== me.username);
}
