import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TOOLS_TH } from '../../src/modeler/tools.th';
import { toolText } from '../../src/modeler/words';

const LIBRARY = join(import.meta.dirname, '../../node_modules/bpmn-js/lib');
/** Put together from two words by the library. */
const ALIGNMENTS = ['left', 'center', 'right', 'top', 'middle', 'bottom'].map((each) => `Align elements ${each}`);

/** What the library shows: what it hands to its translation, and the labels of its menus. */
function shown(): string[] {
  const files = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const found = files.flatMap((file) => {
    const text = readFileSync(join(LIBRARY, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return [...text.matchAll(/(?:\btranslate\(|\blabel: )'([^']+)'/g)].map(([, words = '']) => words);
  });
  return [...new Set([...found, ...ALIGNMENTS])].filter((words) => /[A-Za-z]/.test(words) && words.trim() === words);
}

describe('the words of the modeler', () => {
  it('are all there in Thai', () => {
    expect(shown().length).toBeGreaterThan(100);
    expect(shown().filter((words) => !TOOLS_TH[words])).toEqual([]);
  });
  it('have Thai letters', () => {
    expect(Object.entries(TOOLS_TH).filter(([, thai]) => !/[ก-๙]/.test(thai))).toEqual([]);
  });
  it('are those of the library in English, with names filled in', () => {
    expect(toolText('en', 'Open {element}', { element: 'A' })).toBe('Open A');
    expect(toolText('th', 'Open {element}', { element: 'A' })).toBe('เปิด A');
    expect(toolText('th', 'Unheard of')).toBe('Unheard of');
  });
});
