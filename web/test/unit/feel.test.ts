import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { completing, optionsOf, signatureOf, type Vocabulary } from '../../src/feel/completions';
import { placeIn } from '../../src/feel/faultMark';

const parameter = (name: string, optional = false) => ({ name, optional });
const vocabulary: Vocabulary = {
  variables: [
    {
      name: 'วงเงิน',
      type: 'number',
      label: { th: 'วงเงินที่ขอ', en: 'Amount asked for' },
      sourceElementId: 'Start',
      source: { th: 'ยื่นคำขอ', en: 'Apply' },
      own: false,
    },
  ],
  functions: [
    {
      name: 'round up',
      signatures: [{ parameters: [parameter('n'), parameter('scale', true)], variadic: false }],
      help: { th: 'ปัดขึ้น', en: 'rounded up' },
    },
    {
      name: 'append',
      signatures: [{ parameters: [parameter('list'), parameter('item')], variadic: true }],
      help: { th: 'ต่อท้าย', en: 'with the items at its end' },
    },
  ],
};
const thai = (th: string | null | undefined, en: string | null | undefined) => th ?? en ?? '';

function offered(text: string, explicit = false) {
  const state = EditorState.create({ doc: text });
  const source = completing(
    () => vocabulary,
    () => thai,
  );
  return source(new CompletionContext(state, text.length, explicit));
}

describe('what is offered to who writes an expression', () => {
  it('is what a case knows there first, then functions, each in the language of the page', () => {
    const [variable, round] = optionsOf(vocabulary, thai);
    expect(variable).toMatchObject({ label: 'วงเงิน', detail: 'วงเงินที่ขอ', info: 'ยื่นคำขอ' });
    expect(round).toMatchObject({ label: 'round up', detail: '(n, [scale])', info: 'ปัดขึ้น' });
    expect(variable?.boost).toBeGreaterThan(round?.boost ?? 9);
  });

  it('says of a function that it takes further arguments', () => {
    expect(signatureOf(vocabulary.functions[1] as never)).toBe('(list, item, …)');
  });

  it('replaces the word that is being written, also a Thai one with its vowels', () => {
    expect(offered('round up(วงเ')?.from).toBe('round up('.length);
    expect(offered('1 + ที่')?.from).toBe(4);
  });

  it('replaces all words of a name that has several', () => {
    expect(offered('x and round u')?.from).toBe('x and '.length);
    expect(offered('if round')?.from).toBe('if '.length);
    expect(offered('old round u')?.from).toBe('old '.length);
    expect(offered('a b c')?.from).toBe('a b '.length);
  });

  it('is silent within a text, after a number, and where nobody asked', () => {
    expect(offered('"วง')).toBeNull();
    expect(offered('"a" = วง')).not.toBeNull();
    expect(offered('"a \\" วง')).toBeNull();
    expect(offered('1 + ')).toBeNull();
    expect(offered('1 + ', true)?.from).toBe(4);
  });
});

it('a place that the server counts in characters is found behind letters of two units', () => {
  expect(placeIn('"😀" +', 4)).toBe(5);
});
