/**
 * diagram-js breaks labels at blanks and hyphens and cuts longer words by characters. Thai has no blanks between words, so
 * it was cut between a consonant and its vowel. This module breaks Thai between words first.
 */

interface TextStyle {
  fontStyle?: string;
  fontWeight?: string | number;
  fontSize?: string | number;
  fontFamily?: string;
}
interface Box {
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}
type Padding = number | { left?: number; right?: number };
interface TextOptions {
  box?: Box;
  padding?: Padding;
  style?: TextStyle;
}
interface TextRenderer {
  getDefaultStyle: () => TextStyle;
  getExternalStyle: () => TextStyle;
  createText: (text: string, options?: TextOptions) => unknown;
  getDimensions: (text: string, options?: TextOptions) => unknown;
  getExternalLabelBounds: (bounds: Box, text: string) => unknown;
  getTextAnnotationBounds: (bounds: Box, text: string) => unknown;
}

export type Measure = (text: string) => number;

const THAI = /[\u0E00-\u0E7F]/;
/** Never at the beginning of a line: marks that belong to what stands before, and closing punctuation. */
const CLINGS = /^(?:[)\]}.,:;!?%”"\u0E2F\u0E46]|\u0E31|[\u0E34-\u0E3A]|[\u0E47-\u0E4E])/;
/** Never at the end of a line: what opens belongs to what follows. */
const OPENS = /[([{“]$/;
/** Words and abbreviations of offices that the browser's dictionary, or diagram-js at a hyphen, takes apart. */
const WHOLE = (
  'สำนักงาน สำนัก คณะกรรมการ ผู้บริหาร หน่วยงาน งบประมาณ โครงการ แผนงาน กระทรวง เจ้าหน้าที่ แต่งตั้ง เห็นชอบ ดำเนินงาน ' +
  'ดำเนินการ ความเห็นชอบ ผู้อำนวยการ มอบหมาย หน้างาน ใช้งาน ภาพรวม เผยแพร่ จัดซื้อ จัดจ้าง ขอซื้อ ขอจ้าง สป.กษ. ' +
  'รายละเอียด รับผิดชอบ ตรวจสอบ ถูกต้อง เหมาะสม ทันสมัย ทั้งหมด พึงพอใจ ขั้นตอน ตัวชี้วัด เป้าหมาย คำรับรอง คำแนะนำ หลักฐาน ' +
  'ความเหมาะสม สั่งการ ข้อกำหนด เกษตราธิการ ครบถ้วน e-GP e-bidding'
).split(' ');
/** A letter with its marks, with the vowel before it and a letter silenced after it: nothing of this is ever cut. */
const SYLLABLES = /[เแโใไ]?[^เแโใไ][\u0E30-\u0E3A\u0E45-\u0E4E]*(?:[ก-ฮ][ิุ]?์)*|[เแโใไ]/gu;
const SMALLEST = 0.8;
const DEFAULT_WIDTH = 150;
const EXTERNAL_WIDTH = 90;
const ANNOTATION_PADDING = 7;
/** A canvas and an SVG measure letters a little differently. */
const SLACK = 2;

/** The text with line breaks between words, so that no line is wider than `width`; a single word that is gets cut at a syllable. */
export function wrapThai(text: string, width: number, measure: Measure): string {
  if (!THAI.test(text)) return text;
  return text
    .split(/\r?\n/)
    .map((paragraph) => wrapParagraph(wordsOf(paragraph), width, measure))
    .join('\n');
}

/** What stays together on a line: words, each with what clings to it. */
function wordsOf(paragraph: string): string[] {
  const whole = WHOLE.flatMap((word) => rangesOf(word, paragraph));
  const words: string[] = [];
  for (const { segment, index } of new Intl.Segmenter('th', { granularity: 'word' }).segment(paragraph)) {
    const inside = whole.some(([from, to]) => from < index && index < to);
    const last = words.at(-1);
    if (last !== undefined && (inside || CLINGS.test(segment) || OPENS.test(last))) words[words.length - 1] += segment;
    else words.push(segment);
  }
  return words;
}

function rangesOf(word: string, text: string): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
    ranges.push([from, from + word.length]);
  }
  return ranges;
}

function wrapParagraph(words: string[], width: number, measure: Measure): string {
  const lines: string[] = [];
  let line = '';
  for (const word of words.flatMap((whole) => fitting(whole, width, measure))) {
    if (line && measure((line + word).trimEnd()) > width) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  if (line.trim()) lines.push(line.trim());
  return lines.join('\n');
}

/** A word that is wider than a line, in parts that are not, cut where a syllable can begin; else the word itself. */
function fitting(word: string, width: number, measure: Measure): string[] {
  if (!THAI.test(word) || measure(word.trim()) <= width) return [word];
  const parts: string[] = [];
  for (const piece of word.match(SYLLABLES) ?? []) {
    const last = parts.at(-1);
    if (last !== undefined && measure(last + piece) <= width) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts;
}

/** How much smaller the letters must be for the widest word to fit on a line: 1 or less, never below SMALLEST. */
export function shrunk(text: string, width: number, measure: Measure): number {
  if (!THAI.test(text)) return 1;
  const widest = Math.max(
    ...text
      .split(/\r?\n/)
      .flatMap(wordsOf)
      .map((word) => measure(word.trim())),
  );
  return widest > width ? Math.max(SMALLEST, width / widest) : 1;
}

function canvasMeasure(style: TextStyle): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 6;
  const size = parseInt(String(style.fontSize ?? 12), 10);
  context.font = `${style.fontStyle ?? ''} ${style.fontWeight ?? ''} ${size}px ${style.fontFamily ?? 'sans-serif'}`;
  return (text) => context.measureText(text).width;
}

function horizontal(padding: Padding | undefined): number {
  return typeof padding === 'object' ? (padding.left ?? 0) + (padding.right ?? 0) : 2 * (padding ?? 0);
}

/** The text in lines, and the options with letters small enough for its widest word. */
function fitted(text: string, options: TextOptions, base: TextStyle): [text: string, options: TextOptions] {
  if (!text) return [text, options];
  const style = { ...base, ...options.style };
  const width = (options.box?.width ?? DEFAULT_WIDTH) - horizontal(options.padding) - SLACK;
  const scale = shrunk(text, width, canvasMeasure(style));
  if (scale === 1) return [wrapThai(text, width, canvasMeasure(style)), options];
  const fontSize = Math.floor(parseInt(String(style.fontSize ?? 12), 10) * scale);
  const smaller = { ...options, style: { ...options.style, fontSize } };
  return [wrapThai(text, width, canvasMeasure({ ...style, fontSize })), smaller];
}

function ThaiText(textRenderer: TextRenderer) {
  const { createText, getDimensions, getExternalLabelBounds, getTextAnnotationBounds } = textRenderer;
  const fit = (text: string, options: TextOptions = {}, base = textRenderer.getDefaultStyle()) =>
    fitted(text, options, base);
  textRenderer.createText = (text, options) => createText.call(textRenderer, ...fit(text, options));
  textRenderer.getDimensions = (text, options) => getDimensions.call(textRenderer, ...fit(text, options));
  textRenderer.getExternalLabelBounds = (bounds, text) => {
    const box = { width: Math.max(bounds.width ?? 0, EXTERNAL_WIDTH) };
    const [lines] = fit(text, { box }, textRenderer.getExternalStyle());
    return getExternalLabelBounds.call(textRenderer, bounds, lines);
  };
  textRenderer.getTextAnnotationBounds = (bounds, text) =>
    getTextAnnotationBounds.call(textRenderer, bounds, fit(text, { box: bounds, padding: ANNOTATION_PADDING })[0]);
}
ThaiText.$inject = ['textRenderer'];

export const thaiTextModule = { __init__: ['krabuanThaiText'], krabuanThaiText: ['type', ThaiText] };
