/**
 * The XML of a DMN file, changed in place: what nobody touches (layout, extensions, comments, the version of DMN) stays as it
 * was. New elements take the namespace and the indentation of where they are put.
 */

/** What may stand before the one element that everything is in, how that begins, and how it ends. */
const BEFORE = /^(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;
const BEGIN = /^<(?:"[^"]*"|'[^']*'|[^>"'])*>/;
const END = /<\/(?:[\w.-]+:)?definitions\s*>/;
const STEP = '  ';

/** Null for what is no XML, or no file of decisions. */
export function parse(xml: string): Document | null {
  const file = new DOMParser().parseFromString(xml, 'text/xml');
  const root = file.documentElement;
  return root.localName === 'definitions' && root.namespaceURI?.includes('/DMN/') ? file : null;
}

/**
 * The file as text. Its root begins as it began in the text that it was read from (browsers would put its namespaces into
 * another order), and what stood around it stands there again.
 */
export function write(file: Document, original: string): string {
  const before = BEFORE.exec(original)?.[0] ?? '';
  const after = original.split(END).at(-1) ?? '';
  const begun = BEGIN.exec(original.slice(before.length))?.[0] ?? '';
  const body = new XMLSerializer().serializeToString(file.documentElement);
  const written = BEGIN.exec(body)?.[0] ?? '';
  const asBefore = !begun.endsWith('/>') && !written.endsWith('/>');
  return before + (asBefore ? begun + body.slice(written.length) : body) + after;
}

export function inside(element: Element, ...names: string[]): Element[] {
  return [...element.children].filter((child) => names.includes(child.localName));
}

export function first(element: Element, ...names: string[]): Element | null {
  return inside(element, ...names)[0] ?? null;
}

/** What stands in its `text`. */
export function textOf(element: Element | null): string {
  return (element && first(element, 'text')?.textContent?.trim()) ?? '';
}

/** Puts it into its `text`. */
export function setText(element: Element, text: string): void {
  const holder = first(element, 'text') ?? element.appendChild(make(element, 'text'));
  holder.textContent = text;
}

/** Sets an attribute; nothing takes it away. */
export function setAttribute(element: Element, name: string, value: string): void {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

/** An element as the one beside it, not yet put anywhere. */
export function make(like: Element, name: string, attributes: Record<string, string> = {}): Element {
  const made = like.ownerDocument.createElementNS(like.namespaceURI, like.prefix ? `${like.prefix}:${name}` : name);
  for (const [key, value] of Object.entries(attributes)) setAttribute(made, key, value);
  return made;
}

/** Puts an element into another, before one of its children or at the end, on a line of its own where lines are kept. */
export function put(parent: Element, element: Element, before: Element | null = null): Element {
  const outer = indentOf(parent);
  const file = parent.ownerDocument;
  if (outer === null) {
    parent.insertBefore(element, before);
    return element;
  }
  const line = `\n${outer}${STEP}`;
  if (before) {
    parent.insertBefore(element, before);
    parent.insertBefore(file.createTextNode(line), before);
    return element;
  }
  const last = parent.lastElementChild;
  while (parent.lastChild && parent.lastChild !== last && isBlank(parent.lastChild)) parent.lastChild.remove();
  parent.append(file.createTextNode(line), element, file.createTextNode(`\n${outer}`));
  return element;
}

/** Takes an element out, with the line that it stood on. */
export function take(element: Element): void {
  const before = element.previousSibling;
  if (before && isBlank(before)) before.remove();
  element.remove();
}

/** Exchanges an element with the one beside it of the same name; `by` is -1 or 1. */
export function swap(element: Element, by: -1 | 1): void {
  const all = element.parentElement ? inside(element.parentElement, element.localName) : [];
  const other = all[all.indexOf(element) + by];
  if (!other) return;
  const place = element.ownerDocument.createComment('');
  element.replaceWith(place);
  other.replaceWith(element);
  place.replaceWith(other);
}

/** An id that nothing in the file has. */
export function freshId(file: Document, stem: string): string {
  const taken = new Set([...file.querySelectorAll('[id]')].map((each) => each.getAttribute('id')));
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** What stands before an element on its line; null where the file keeps no lines. */
function indentOf(element: Element): string | null {
  if (element === element.ownerDocument.documentElement) return '';
  const before = element.previousSibling;
  const text = before && isBlank(before) ? (before.textContent ?? '') : '';
  return text.includes('\n') ? text.slice(text.lastIndexOf('\n') + 1) : null;
}

function isBlank(node: Node): boolean {
  return node.nodeType === Node.TEXT_NODE && !node.textContent?.trim();
}
