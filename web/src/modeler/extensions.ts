/**
 * What our namespace and Camunda's say of an element, read and written. Nothing here changes an element: what is to stand
 * there is made anew, so that undo gives back what stood there before.
 */
import type { Texts } from '../api/types';
import type { Create, Moddle } from './moddle';

export const BINDINGS = ['formField', 'condition', 'decision', 'deadline', 'standardTime'] as const;
export type BindingType = (typeof BINDINGS)[number];

export interface Step {
  key: string;
  number: string;
  standardTime: string;
  calendar: string;
}
export interface Risk {
  id: string;
  text: Texts;
}
export interface Point {
  id: string;
  text: Texts;
  mandatory: boolean;
  type: BindingType;
  /** the field, the expression, the decision or the deadline that is looked at, as the type has it */
  what: string;
}

const ALL = 'bpmn:ExtensionElements';
/** Which attribute says what is looked at. */
const WHAT = { formField: 'field', condition: 'expression', decision: 'decisionId', deadline: 'deadlineId' } as const;

export function extensionsOf(element: Moddle): Moddle[] {
  return element.get<Moddle | undefined>('extensionElements')?.get<Moddle[] | undefined>('values') ?? [];
}

export function ofType(element: Moddle, type: string): Moddle[] {
  return extensionsOf(element).filter((each) => each.$type === type);
}

export function firstOf(element: Moddle, type: string): Moddle | undefined {
  return ofType(element, type)[0];
}

/** The extensions of an element, with exactly `wanted` of one type; the others keep their order. */
export function withExtensions(element: Moddle, type: string, wanted: Moddle[], create: Create): Moddle {
  const before = extensionsOf(element);
  const at = before.findIndex((each) => each.$type === type);
  const others = before.filter((each) => each.$type !== type);
  const place = at < 0 ? others.length : before.slice(0, at).filter((each) => each.$type !== type).length;
  return create(ALL, { values: [...others.slice(0, place), ...wanted, ...others.slice(place)] });
}

/** A text of an element in both languages; without a language it is Thai. */
export function textsOf(element: Moddle): Texts {
  const texts = element.get<Moddle[] | undefined>('texts') ?? [];
  const of = (language: string) =>
    texts
      .find((each) => (each.get('lang') ?? 'th') === language)
      ?.get('body')
      ?.trim() || null;
  return { th: of('th'), en: of('en') };
}

export function textElements({ th, en }: Texts, create: Create): Moddle[] {
  const one = (lang: string, body: string | null) => (body ? [create('krabuan:Text', { lang, body })] : []);
  return [...one('th', th), ...one('en', en)];
}

export function englishOf(element: Moddle): string {
  const found = ofType(element, 'krabuan:Text').find((each) => each.get('lang') === 'en');
  return found?.get('body')?.trim() ?? '';
}

export function withEnglish(element: Moddle, name: string, create: Create): Moddle {
  const others = ofType(element, 'krabuan:Text').filter((each) => each.get('lang') !== 'en');
  const own = name ? [create('krabuan:Text', { lang: 'en', body: name })] : [];
  return withExtensions(element, 'krabuan:Text', [...others, ...own], create);
}

/** Thai, a blank line, English: as a diagram's documentation has it. */
export function documentationOf(element: Moddle): Texts {
  const text = element.get<Moddle[] | undefined>('documentation')?.[0]?.get('text') ?? '';
  const [th = '', ...rest] = text.trim().split(/\n\s*\n/);
  return { th: th.trim() || null, en: rest.join('\n\n').trim() || null };
}

export function documentation({ th, en }: Texts, create: Create): Moddle[] {
  const text = [th, en].filter(Boolean).join('\n\n');
  return text ? [create('bpmn:Documentation', { text })] : [];
}

export function stepOf(element: Moddle): Step | null {
  const found = firstOf(element, 'krabuan:Step');
  if (!found) return null;
  const of = (name: string) => found.get(name) ?? '';
  return { key: of('key'), number: of('number'), standardTime: of('standardTime'), calendar: of('calendar') };
}

/** The step with some of its terms changed; a term that is empty goes. What else stood there stays. */
export function withStep(element: Moddle, changes: Partial<Step>, create: Create): Moddle {
  const found = firstOf(element, 'krabuan:Step');
  const key = found?.get('key') || element.get('id');
  const step = create('krabuan:Step', { ...(found && attributesOf(found)), key, ...filled(changes) });
  return withExtensions(element, 'krabuan:Step', [step], create);
}

function filled(changes: object): object {
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || undefined]));
}

/** What an element was given itself: everything but its type and its parent. */
export function attributesOf(element: Moddle): Record<string, unknown> {
  const own = Object.entries(element).filter(([name]) => !name.startsWith('$'));
  return { ...element.$attrs, ...Object.fromEntries(own) };
}

export function risksOf(element: Moddle): Risk[] {
  return ofType(element, 'krabuan:Risk').map((each) => ({ id: each.get('id') ?? '', text: textsOf(each) }));
}

export function withRisks(element: Moddle, risks: readonly Risk[], create: Create): Moddle {
  const wanted = risks.map(({ id, text }) => create('krabuan:Risk', { id, texts: textElements(text, create) }));
  return withExtensions(element, 'krabuan:Risk', wanted, create);
}

export function pointsOf(element: Moddle): Point[] {
  return ofType(element, 'krabuan:ControlPoint').map((each) => {
    const binding = each.get<Moddle | undefined>('binding');
    const type = BINDINGS.find((known) => known === binding?.get('type')) ?? 'formField';
    const what = type === 'standardTime' ? '' : (binding?.get(WHAT[type]) ?? '');
    return { id: each.get('id') ?? '', text: textsOf(each), mandatory: each.get('mandatory') === 'true', type, what };
  });
}

/** With exactly these control points. What a binding of the same type says besides (an expression, reasons) stays. */
export function withPoints(element: Moddle, points: readonly Point[], create: Create): Moddle {
  const before = new Map(ofType(element, 'krabuan:ControlPoint').map((each) => [each.get('id'), each]));
  const wanted = points.map((point) => {
    const old = before.get(point.id)?.get<Moddle | undefined>('binding');
    const kept = old && old.get('type') === point.type ? attributesOf(old) : {};
    const what = point.type === 'standardTime' ? {} : { [WHAT[point.type]]: point.what || undefined };
    return create('krabuan:ControlPoint', {
      id: point.id,
      mandatory: String(point.mandatory),
      texts: textElements(point.text, create),
      binding: create('krabuan:Binding', { ...kept, type: point.type, ...what }),
    });
  });
  return withExtensions(element, 'krabuan:ControlPoint', wanted, create);
}

/** An id that none of these has: the prefix, the element, a number. */
export function freshId(prefix: string, element: Moddle, taken: readonly string[]): string {
  const base = `${prefix}-${element.get('id')}`;
  let number = taken.length + 1;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** Who may take the task: the keys of groups, or an expression that begins with `=`. */
export function candidatesOf(element: Moddle): string {
  return firstOf(element, 'zeebe:AssignmentDefinition')?.get('candidateGroups') ?? '';
}

export function withCandidates(element: Moddle, candidateGroups: string, create: Create): Moddle {
  const found = firstOf(element, 'zeebe:AssignmentDefinition');
  const terms = { ...(found && attributesOf(found)), candidateGroups: candidateGroups || undefined };
  const says = Object.values(terms).some((value) => value !== undefined);
  const wanted = says ? [create('zeebe:AssignmentDefinition', terms)] : [];
  return withExtensions(element, 'zeebe:AssignmentDefinition', wanted, create);
}

export function formOf(element: Moddle): string {
  return firstOf(element, 'zeebe:FormDefinition')?.get('formId') ?? '';
}

export function withForm(element: Moddle, formId: string, create: Create): Moddle {
  const found = firstOf(element, 'zeebe:FormDefinition');
  const kept = found ? { bindingType: found.get('bindingType') } : {};
  const wanted = formId ? [create('zeebe:FormDefinition', { ...kept, formId })] : [];
  return withExtensions(element, 'zeebe:FormDefinition', wanted, create);
}

/** The deadlines that an element may speak of: of the sub-processes around it and of the process. */
export function deadlinesAround(element: Moddle): { id: string; text: Texts }[] {
  const found: { id: string; text: Texts }[] = [];
  for (let at: Moddle | undefined = element; at; at = at.$parent) {
    for (const each of ofType(at, 'krabuan:Deadline')) found.push({ id: each.get('id') ?? '', text: textsOf(each) });
    if (at.$instanceOf('bpmn:Process')) break;
  }
  return found;
}
