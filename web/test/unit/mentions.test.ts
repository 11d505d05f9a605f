import { describe, expect, it } from 'vitest';
import { beingTyped, piecesOf, stillIn, withMention } from '../../src/parts/comments/mentions';

const anong = { username: 'a', name: 'อนงค์ ใจดี' };
const short = { username: 'b', name: 'อนงค์' };

describe('a mention being typed', () => {
  it('begins with an @, also right after Thai letters', () => {
    expect(beingTyped('เรียน@อน', 8)).toEqual({ from: 5, query: 'อน' });
    expect(beingTyped('@', 1)).toEqual({ from: 0, query: '' });
    expect(beingTyped('@อนงค์ ใจ', 9)).toEqual({ from: 0, query: 'อนงค์ ใจ' });
  });

  it.each(['ไม่มี', 'a@example.test', '@ ว่าง', '@x\nบรรทัดใหม่', `@${'ก'.repeat(41)}`])('is none in %j', (text) => {
    expect(beingTyped(text, text.length)).toBeNull();
  });

  it('is looked for before the caret alone', () => {
    expect(beingTyped('ก@ข', 1)).toBeNull();
  });

  it('is completed with the name, and the rest of the text stays', () => {
    expect(withMention('เรียน @อ ดูด้วย', 6, 8, anong.name)).toEqual({ text: 'เรียน @อนงค์ ใจดี ดูด้วย', caret: 18 });
  });
});

describe('the mentions of a text', () => {
  it('are those whose name still stands in it', () => {
    expect(stillIn('@อนงค์ ใจดี', [anong, { username: 'c', name: 'ชัย' }])).toEqual([anong]);
  });

  it('are told from the text around them, the longer name first', () => {
    expect(piecesOf('ถึง @อนงค์ ใจดี และ @อนงค์.', [short, anong])).toEqual(['ถึง ', anong, ' และ ', short, '.']);
    expect(piecesOf('@ไม่รู้จัก <b>x</b>', [anong])).toEqual(['@ไม่รู้จัก <b>x</b>']);
    expect(piecesOf('', [anong])).toEqual([]);
  });
});
