import { describe, expect, it } from 'vitest';
import { shrunk, wrapThai } from '../../src/diagram/thaiText';

const letters = (text: string) => [...text].length;

describe('wrapThai', () => {
  it('breaks between words, never before a vowel or tone mark', () => {
    const lines = wrapThai('ตรวจสอบข้อเท็จจริงของเหตุละเมิด', 12, letters).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('ตรวจสอบข้อเท็จจริงของเหตุละเมิด');
    for (const line of lines) expect(line).not.toMatch(/^[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/u);
  });
  it('keeps the repetition mark with its word', () => {
    for (const line of wrapThai('งานต่างๆ ที่เกี่ยวข้อง', 5, letters).split('\n')) expect(line.startsWith('ๆ')).toBe(false);
  });
  it('keeps words of offices whole, with the mark of abbreviation', () => {
    expect(wrapThai('แจ้งเหตุละเมิดแก่สำนักงานฯ', 18, letters)).toBe('แจ้งเหตุละเมิดแก่\nสำนักงานฯ');
  });
  it('keeps abbreviations whole, with their full stops and hyphens', () => {
    expect(wrapThai('คณะกรรมการฯ สป.กษ. พิจารณา', 16, letters)).toBe('คณะกรรมการฯ\nสป.กษ. พิจารณา');
    expect(wrapThai('ตรวจรับในระบบ e-GP และ GFMIS', 16, letters)).toBe('ตรวจรับในระบบ\ne-GP และ GFMIS');
  });
  it('moves an opening bracket to the next line together with what it opens', () => {
    expect(wrapThai('อิเล็กทรอนิกส์ (e-bidding)', 16, letters)).toBe('อิเล็กทรอนิกส์\n(e-bidding)');
  });
  it('keeps an officer and an approval whole', () => {
    expect(wrapThai('เตือนหัวหน้าเจ้าหน้าที่', 18, letters)).toBe('เตือนหัวหน้า\nเจ้าหน้าที่');
    expect(wrapThai('พิจารณาให้ความเห็นชอบ', 19, letters)).toBe('พิจารณาให้\nความเห็นชอบ');
  });
  it('keeps details, indicators and evidence whole', () => {
    expect(wrapThai('ส่งแบบคำขอและรายละเอียดโครงการ', 17, letters)).toBe('ส่งแบบคำขอและ\nรายละเอียดโครงการ');
    expect(wrapThai('ผลของตัวชี้วัดและหลักฐาน', 20, letters)).toBe('ผลของตัวชี้วัดและ\nหลักฐาน');
  });
  it('moves a word to the next line together with its question mark', () => {
    expect(wrapThai('เป็นเหตุละเมิด?', 14, letters)).toBe('เป็นเหตุ\nละเมิด?');
  });
  it('keeps line breaks of the author and leaves other scripts alone', () => {
    expect(wrapThai('ก\nข', 100, letters)).toBe('ก\nข');
    expect(wrapThai('a long English label', 4, letters)).toBe('a long English label');
  });
  it('cuts a word that no line can hold where a syllable can begin, never off its last, silent letter', () => {
    const lines = wrapThai('ครุภัณฑ์', 4, letters).split('\n');
    expect(lines.join('')).toBe('ครุภัณฑ์');
    expect(lines.at(-1)).toBe('ณฑ์');
  });
});

describe('shrunk', () => {
  it('leaves letters alone that fit, and makes them as small as the widest word wants', () => {
    expect(shrunk('ซอฟต์แวร์ ครบ', 9, letters)).toBe(1);
    expect(shrunk('ซอฟต์แวร์ ครบ', 8, letters)).toBeCloseTo(8 / 9);
  });
  it('never makes them too small to read', () => {
    expect(shrunk('ซอฟต์แวร์', 2, letters)).toBe(0.8);
  });
});
