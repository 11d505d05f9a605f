import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../i18n';

interface Props {
  label: string;
  /** as it is in the table */
  value: string;
  /** what stands in the field at first */
  begin: string;
  onWrite: (text: string) => void;
  /** Is told where to go on: by the keys, or nowhere when the field was left. */
  onDone: (next: 'down' | 'right' | 'left' | 'stay' | null) => void;
}

/** How long nothing is typed before it goes into the table, ms: nothing typed is lost when the page goes. */
const PAUSE = 1_000;

/** The field in a cell. Enter, Tab and leaving it write; Escape writes what was there before. */
export function CellField({ label, value, begin, onWrite, onDone }: Props) {
  const { t } = useI18n();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(begin);
  const [before] = useState(value);
  const last = useRef({ text, value, onWrite });
  useEffect(() => {
    last.current = { text, value, onWrite };
  });
  function write() {
    const { text: typed, value: there, onWrite: tell } = last.current;
    if (typed.trim() === there) return;
    last.current.value = typed.trim();
    tell(typed.trim());
  }
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);
  useEffect(() => {
    const timer = setTimeout(write, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => () => writeLast(last), []);

  return (
    <textarea
      ref={field}
      className="decision-field"
      aria-label={label}
      aria-describedby="decision-hint"
      title={t('dmn.cellKeys')}
      rows={Math.min(8, text.split('\n').length)}
      maxLength={4000}
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        write();
        onDone(null);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') {
          last.current.text = before;
          write();
          onDone('stay');
        } else if ((event.key === 'Enter' && !event.shiftKey && !event.altKey) || event.key === 'Tab') {
          event.preventDefault();
          write();
          onDone(event.key === 'Enter' ? 'down' : event.shiftKey ? 'left' : 'right');
        }
      }}
    />
  );
}

type Last = { current: { text: string; value: string; onWrite: (text: string) => void } };

function writeLast({ current: { text, value, onWrite } }: Last): void {
  if (text.trim() !== value) onWrite(text.trim());
}
