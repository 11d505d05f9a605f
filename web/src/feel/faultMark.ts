/** The place where an expression is wrong, underlined until the text is changed there. */
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** The place in the text, or null for none. */
export const markFault = StateEffect.define<number | null>();

export const faultMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const told = transaction.effects.find((effect) => effect.is(markFault));
    if (!told) return marks.map(transaction.changes);
    const at = told.value as number | null;
    const { length } = transaction.newDoc;
    if (at === null || length === 0) return Decoration.none;
    const from = Math.min(at, length - 1);
    return Decoration.set(Decoration.mark({ class: 'feel-fault' }).range(from, from + 1));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The place in the text, counted as JavaScript does, of a place that is counted in characters. */
export function placeIn(text: string, position: number): number {
  return [...text].slice(0, position).join('').length;
}
