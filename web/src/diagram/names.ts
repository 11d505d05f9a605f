/** Names of a diagram's elements in both languages, read from its XML. */
import type { Texts } from '../api/types';

const KRABUAN = 'https://krabuan.org/schema/1.0';
const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

export type Names = Record<string, Texts>;

/** By element id; elements without a name are left out. An unreadable diagram has no names. */
export function namesOf(xml: string): Names {
  const names: Names = {};
  for (const element of new DOMParser().parseFromString(xml, 'text/xml').querySelectorAll('[id][name]')) {
    const id = element.getAttribute('id');
    const name = element.getAttribute('name');
    if (id && name && element.namespaceURI === BPMN) names[id] = { th: name, en: englishOf(element) };
  }
  return names;
}

function englishOf(element: Element): string | null {
  const extension = [...element.children].find((child) => child.localName === 'extensionElements');
  const text = [...(extension?.children ?? [])].find(
    (child) => child.namespaceURI === KRABUAN && child.localName === 'text' && child.getAttribute('lang') === 'en',
  );
  return text?.textContent?.trim() || null;
}

/** The name in the language, else what else is known, else the id. */
export function nameOf(
  names: Names,
  id: string,
  pick: (thai: string | null | undefined, english: string | null | undefined) => string,
  otherwise?: string | null,
): string {
  const own = names[id];
  return (own && pick(own.th, own.en)) || otherwise || id;
}
