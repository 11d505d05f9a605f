/** What the application reads and changes in a form's JSON before the form viewer gets it. */
import type { Language } from '../i18n';
import type { Texts } from '../api/types';

export interface Component {
  id?: string;
  key?: string;
  path?: string;
  type: string;
  label?: string;
  dateLabel?: string;
  /** what stands before and after the value, such as its unit */
  appearance?: Record<string, string>;
  components?: Component[];
  values?: { label: string; value: unknown }[];
  properties?: Record<string, string>;
  [attribute: string]: unknown;
}
export interface Schema extends Component {
  components: Component[];
}

export interface FieldInfo {
  id: string;
  /** the place in the submitted data: `amount`, `address.street`, `people.name` (without the rows of a list) */
  path: string;
  label: Texts;
}

const OPTION = 'option.en.';
/** Pages have buttons of their own for what a form's button would do. */
const DROPPED = new Set(['button']);

export function parseSchema(text: string): Schema {
  const schema: unknown = JSON.parse(text);
  if (typeof schema !== 'object' || schema === null) throw new Error('a form must be a JSON object');
  return { type: 'default', components: [], ...schema } as Schema;
}

/** The schema with its texts in the language: `properties["label.en"]` takes the place of `label`, and so on. */
export function localised(schema: Schema, language: Language): Schema {
  return { ...schema, components: schema.components.flatMap((each) => localisedComponent(each, language)) };
}

function localisedComponent(component: Component, language: Language): Component[] {
  if (DROPPED.has(component.type)) return [];
  const next: Component = language === 'en' ? english(component) : { ...component };
  if (next.components) next.components = next.components.flatMap((each) => localisedComponent(each, language));
  // the form viewer takes every length for that of a text; how many rows a list has to have is judged by the server
  if (next.type === 'dynamiclist') delete next['validate'];
  return [next];
}

function english(component: Component): Component {
  const properties = component.properties ?? {};
  const next: Component = { ...component };
  for (const [name, text] of Object.entries(properties)) {
    const attribute = /^([A-Za-z]+)\.en$/.exec(name)?.[1];
    if (attribute && text) next[attribute] = text;
  }
  // a date's label is `dateLabel` to the form viewer; one English label is enough
  const label = properties['label.en'];
  if (component.dateLabel && label && !properties['dateLabel.en']) next.dateLabel = label;
  if (component.appearance) next.appearance = englishAround(component.appearance, properties);
  if (component.values) {
    next.values = component.values.map((value) => ({
      ...value,
      label: properties[`${OPTION}${String(value.value)}`] ?? value.label,
    }));
  }
  return next;
}

function englishAround(appearance: Record<string, string>, properties: Record<string, string>): Record<string, string> {
  const texts = Object.entries(appearance).map(([name, text]) => [name, properties[`${name}.en`] ?? text] as const);
  return Object.fromEntries(texts);
}

/** All fields that carry data, in their order. */
export function fieldsOf(schema: Schema): FieldInfo[] {
  return schema.components.flatMap((component) => fieldsIn(component, ''));
}

function fieldsIn(component: Component, parent: string): FieldInfo[] {
  const children = (path: string) => (component.components ?? []).flatMap((each) => fieldsIn(each, path));
  if (component.path) return children(joined(parent, component.path));
  if (!component.key) return children(parent);
  const english = component.properties?.['label.en'] ?? null;
  const label = { th: component.label || component.dateLabel || component.key, en: english };
  return [{ id: component.id ?? component.key, path: joined(parent, component.key), label }, ...children(parent)];
}

function joined(parent: string, name: string): string {
  return parent ? `${parent}.${name}` : name;
}

/** The place of a field in data (`people[0].name`) without its rows, and the rows. */
export function placeOf(field: string): { path: string; rows: number[] } {
  const rows = [...field.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
  return { path: field.replace(/\[\d+\]/g, ''), rows };
}

/** The value at a dotted path; undefined where there is none. */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), data);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Filled in, as a control point on a form field means it: ticked, chosen, written. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return Array.isArray(value) ? value.length > 0 : true;
}
