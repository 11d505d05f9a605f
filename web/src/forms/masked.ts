/** A form whose data are partly above the class of the person who reads it: the server sends a mask in their place. */
import type { Variables } from '../api/types';
import type { Component, Schema } from './schema';

const MEMBER = 'krabuan.masked';
const DOTS = '••••••';

export function isMasked(value: unknown): boolean {
  return typeof value === 'object' && value !== null && MEMBER in value;
}

/**
 * The same form and data with a field that says `words` in the place of what is masked. It cannot be changed and is not
 * submitted: the server keeps what the case holds.
 */
export function withoutMasked(schema: Schema, data: Variables, words: string): { schema: Schema; data: Variables } {
  const names = new Set(Object.keys(data).filter((name) => isMasked(data[name])));
  if (names.size === 0) return { schema, data };
  const shown: Variables = Object.fromEntries(Object.entries(data).filter(([name]) => !names.has(name)));
  const components = schema.components.map((component) => covered(component, names, words, shown));
  return { schema: { ...schema, components }, data: shown };
}

function covered(component: Component, names: Set<string>, words: string, data: Variables): Component {
  const name = (component.path ?? component.key ?? '').split('.')[0] ?? '';
  if (names.has(name)) return cover(component, name, words, data);
  if (component.path || !component.components) return component;
  return { ...component, components: component.components.map((each) => covered(each, names, words, data)) };
}

function cover(component: Component, name: string, words: string, data: Variables): Component {
  const key = `krabuan_masked_${name}`;
  data[key] = DOTS;
  return {
    type: 'textfield',
    ...(component.id && { id: component.id }),
    key,
    label: component.label || component.dateLabel || name,
    ...(component.properties?.['label.en'] && { properties: { 'label.en': component.properties['label.en'] } }),
    ...(component.layout !== undefined && { layout: component.layout }),
    description: words,
    disabled: true,
  };
}
