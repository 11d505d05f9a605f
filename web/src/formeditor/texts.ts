/** The texts of a component in both languages: Thai in the form's own attributes, English in its properties. */
import type { Texts } from '../api/types';
import type { Component } from '../forms/schema';
import type { Changes } from './tree';

export function textsOf(component: Component, name: string): Texts {
  const th = component[name];
  return { th: typeof th === 'string' && th ? th : null, en: component.properties?.[`${name}.en`] || null };
}

/** What to change so that the component says these texts. */
export function withTexts(component: Component, name: string, { th, en }: Texts): Changes {
  return { [name]: th ?? undefined, properties: withProperty(component, `${name}.en`, en) };
}

/** The properties with one set, or without it; none at all when nothing is left. */
export function withProperty(
  { properties }: Component,
  name: string,
  value: string | null,
): Record<string, string> | undefined {
  const others = Object.entries(properties ?? {}).filter(([each]) => each !== name);
  const all = value ? [...others, [name, value] as const] : others;
  return all.length ? Object.fromEntries(all) : undefined;
}

/** What a person calls the component: its label, else its text, else its name. */
export function nameOf(component: Component, pick: (th: string | null, en: string | null) => string): string {
  const label = textsOf(component, 'label');
  const text = textsOf(component, 'text');
  const called = pick(label.th, label.en) || pick(text.th, text.en);
  return (
    called || component.key || component.path || String(component['formId'] ?? '') || component.id || component.type
  );
}
