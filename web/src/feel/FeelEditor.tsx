/** An editor of FEEL: CodeMirror, wrapped once. It knows the variables and functions, and says where the text is wrong. */
import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { feel } from '@bpmn-io/lang-feel';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useId, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useI18n } from '../i18n';
import { completing, type Vocabulary } from './completions';
import { faultMark, markFault, placeIn } from './faultMark';
import './feel.css';
import { useFault } from './useFault';

export interface FeelHandle {
  /** Puts a text where the cursor stands. */
  insert: (text: string) => void;
}

interface Props {
  label: string;
  /** without the = by which a diagram marks an expression */
  value: string;
  vocabulary: Vocabulary;
  /** Somebody begins to write. */
  onBegin?: () => void;
  /** Is given what was typed, once: when the editor is left, and when it goes. */
  onCommit: (value: string) => void;
  handle?: Ref<FeelHandle>;
}

const MAX = 10_000;
const SPECIAL = /[^\p{L}\p{M}\p{N}_]/u;

export default function FeelEditor({ label, value, vocabulary, onBegin, onCommit, handle }: Props) {
  const { language, pick, t } = useI18n();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [words] = useState(() => new Compartment());
  const [text, setText] = useState(value);
  const latest = useRef({ value, vocabulary, pick, onBegin, onCommit });
  useEffect(() => {
    latest.current = { value, vocabulary, pick, onBegin, onCommit };
  });
  const special = vocabulary.variables.flatMap(({ name }) => (SPECIAL.test(name) ? name : []));
  const found = useFault(text, special);

  useEffect(() => {
    if (!place.current) return undefined;
    const commit = () => commitOnce(created.state.doc.toString(), latest.current);
    const created = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        selection: { anchor: latest.current.value.length },
        extensions: [
          words.of([]),
          history(),
          bracketMatching(),
          closeBrackets(),
          syntaxHighlighting(classHighlighter),
          faultMark,
          EditorView.lineWrapping,
          autocompletion({
            icons: false,
            override: [
              completing(
                () => latest.current.vocabulary,
                () => latest.current.pick,
              ),
            ],
          }),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorState.changeFilter.of(({ newDoc }) => newDoc.length <= MAX),
          EditorView.updateListener.of((update) => update.docChanged && setText(update.state.doc.toString())),
          EditorView.domEventHandlers({ focus: () => latest.current.onBegin?.(), blur: () => commit() }),
        ],
      }),
    });
    view.current = created;
    return () => {
      commit();
      view.current = null;
      created.destroy();
    };
  }, [words]);

  // what is said in the editor, and the names that it reads as one
  const names = [...vocabulary.functions, ...vocabulary.variables].map(({ name }) => name).join('\n');
  const wrong = Boolean(found?.fault);
  useEffect(() => {
    const context = Object.fromEntries((names ? names.split('\n') : []).map((name) => [name, 0]));
    view.current?.dispatch({
      effects: words.reconfigure([
        feel({ dialect: 'expression', context, completions: [] }),
        EditorState.phrases.of({ Completions: t('feel.completions'), 'Control character': t('feel.control') }),
        EditorView.contentAttributes.of({
          'aria-labelledby': `${id}-label`,
          'aria-describedby': `${id}-how ${id}-said`,
          'aria-invalid': String(wrong),
          lang: language,
        }),
      ]),
    });
  }, [words, names, wrong, id, language, t]);

  // what became known while something is offered is offered too
  useEffect(() => {
    const now = view.current;
    if (now?.hasFocus && completionStatus(now.state)) startCompletion(now);
  }, [vocabulary]);

  // undone or changed elsewhere
  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value } });
  }, [value]);

  const at = found?.fault ? placeIn(text, found.fault.position) : null;
  useEffect(() => view.current?.dispatch({ effects: markFault.of(at) }), [at]);

  useImperativeHandle(
    handle,
    () => ({
      insert: (added) => {
        if (view.current) commitOnce(inserted(view.current, added), latest.current);
      },
    }),
    [],
  );

  const unknown = unknownOf(found?.names, vocabulary);
  return (
    <div className="field">
      <span id={`${id}-label`} className="feel-label">
        {label}
      </span>
      <div ref={place} className="feel-editor" />
      <span id={`${id}-how`} className="hint">
        {t('feel.how')}
      </span>
      <div id={`${id}-said`} className="feel-said" aria-live="polite">
        {found?.fault && <span className="error">{pick(found.fault.message.th, found.fault.message.en)}</span>}
        {!wrong && unknown && <span className="hint">{t('feel.unknown', { names: unknown })}</span>}
      </div>
    </div>
  );
}

interface Latest {
  value: string;
  onCommit: (value: string) => void;
}

function commitOnce(typed: string, latest: Latest): void {
  const text = typed.trim();
  if (text === latest.value) return;
  latest.value = text;
  latest.onCommit(text);
}

/** The text with what was added, after a blank where it would run into the word before. */
function inserted(view: EditorView, added: string): string {
  const { from } = view.state.selection.main;
  const before = view.state.sliceDoc(Math.max(0, from - 1), from);
  const apart = before && !/[\s([{,]/.test(before) ? ' ' : '';
  view.dispatch(view.state.replaceSelection(apart + added));
  return view.state.doc.toString();
}

/** The variables that nothing before this element writes; empty while nobody knows what does. */
function unknownOf(names: readonly string[] | undefined, { variables }: Vocabulary): string {
  if (!names || variables.length === 0) return '';
  const known = new Set(variables.map(({ name }) => name));
  return names.filter((name) => !known.has(name)).join(', ');
}
