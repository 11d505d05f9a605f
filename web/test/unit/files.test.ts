/** Files: kinds, references, versions, sizes. */
import { expect, test } from 'vitest';
import type { CaseDocument } from '../../src/api/types';
import { fileSize } from '../../src/files/fileSize';
import { isOfKind, kindsOf, shownAs } from '../../src/files/kinds';
import { filesIn } from '../../src/files/reference';
import { versionsOf } from '../../src/files/versions';
import { shownValue } from '../../src/ui/values';

test.each([
  ['รายงาน.PDF', '.pdf', true],
  ['a.pdf.exe', '.pdf', false],
  ['a.jpeg', 'image/*', true],
  ['a.svg', 'image/*', false],
  ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', true],
  ['pdf', '.pdf', false],
  ['a.bin', '', true],
  ['a.bin', '*/*', true],
  ['a.bin', '= kinds', true],
  ['a.bin', '{{kinds}}', true],
  ['a.png', ' .PDF , image/png', true],
])('%s for accept "%s": %s', (name, accept, taken) => {
  expect(isOfKind(name, kindsOf(accept))).toBe(taken);
});

test('only what we draw ourselves is shown in the page', () => {
  const shown = ['a.pdf', 'a.PNG', 'a.svg', 'a.html', 'a.tiff', 'png'].map(shownAs);
  expect(shown).toEqual(['pdf', 'picture', null, null, null, null]);
});

test('references in every form, and what is none', () => {
  const draft = { documentId: 'd', metadata: { fileName: 'ก', size: 1, userTaskKey: '7', processInstanceKey: '1' } };
  const found = filesIn(['files::x', draft, { documentId: 7 }, 'text', null, { documentId: 'e', metadata: 'no' }]);
  expect(found.map(({ facts }) => [facts.documentId, facts.name, facts.draft])).toEqual([
    ['x', null, false],
    ['d', 'ก', true],
    ['e', null, false],
  ]);
  expect(shownValue([draft, 'files::x'], 'en')).toBe('ก, Attached file');
  expect(shownValue([], 'en')).toBe('[]');
});

test('versions are counted when all of a name are there', () => {
  const item = (documentId: string, fileName: string) => ({ documentId, fileName }) as CaseDocument;
  const items = [item('2', 'a'), item('1', 'a'), item('4', 'b'), item('3', 'b')];
  const numbers = (complete: boolean) =>
    versionsOf(items, complete).map(({ number, earlier }) => [number, earlier.length]);
  expect(numbers(true)).toEqual([
    [2, 1],
    [2, 1],
  ]);
  expect(numbers(false)).toEqual([
    [2, 1],
    [null, 1],
  ]);
});

test('sizes as people read them', () => {
  const shown = [1, 600, 2048, 1024 * 1024, 1.25 * 1024 * 1024, 15.7 * 1024 * 1024].map((size) => fileSize(size, 'en'));
  expect(shown).toEqual(['0.1 KB', '0.6 KB', '2 KB', '1 MB', '1.3 MB', '16 MB']);
  expect(fileSize(2048, 'th')).toBe('๒ KB');
});
