/** The components of a form as a tree that is never changed in place: each function answers a new form. */
import type { Component, Schema } from '../forms/schema';

/** The places from the form down to a component: `[2, 0]` is the first in the third. */
export type Path = readonly number[];

export const CONTAINERS: ReadonlySet<string> = new Set(['group', 'dynamiclist']);

/** What of a component is to be otherwise; what is undefined goes. */
export type Changes = { [Name in keyof Component]?: Component[Name] | undefined };

export interface Placed {
  path: Path;
  component: Component;
}

const inside = (component: Component): readonly Component[] => component.components ?? [];

export function componentAt(form: Schema, path: Path): Component | undefined {
  return path.reduce<Component | undefined>((at, index) => at && inside(at)[index], form);
}

export function isContainer(component: Component | undefined): boolean {
  return component !== undefined && CONTAINERS.has(component.type);
}

/** All components, each before what is in it. */
export function everyComponent(form: Schema): Placed[] {
  const below = (component: Component, path: Path): Placed[] =>
    inside(component).flatMap((each, index) => [
      { path: [...path, index], component: each },
      ...below(each, [...path, index]),
    ]);
  return below(form, []);
}

/** With other components in what stands at a path. */
function withInside<T extends Component>(at: T, path: Path, change: (components: Component[]) => Component[]): T {
  const [first, ...rest] = path;
  const components = [...inside(at)];
  if (first === undefined) return { ...at, components: change(components) };
  const next = components[first];
  if (next) components[first] = withInside(next, rest, change);
  return { ...at, components };
}

const parentOf = (path: Path): Path => path.slice(0, -1);
const indexOf = (path: Path): number => path.at(-1) ?? 0;

export function changed(form: Schema, path: Path, changes: Changes): Schema {
  return withInside(form, parentOf(path), (all) =>
    all.map((each, index) => (index === indexOf(path) ? without({ ...each, ...changes } as Component) : each)),
  );
}

/** Without the attributes that hold nothing. */
function without(component: Component): Component {
  return Object.fromEntries(Object.entries(component).filter(([, value]) => value !== undefined)) as Component;
}

/** With a component that stands at the path from now on. */
export function inserted(form: Schema, path: Path, component: Component): Schema {
  return withInside(form, parentOf(path), (all) => all.toSpliced(indexOf(path), 0, component));
}

export function removed(form: Schema, path: Path): Schema {
  return withInside(form, parentOf(path), (all) => all.toSpliced(indexOf(path), 1));
}

/** The path from a component to where it may go: up, down, into the container before it, out of its own. */
export type Way = 'up' | 'down' | 'in' | 'out';

/** Where a component would stand after going that way; null where there is no such way. */
export function goal(form: Schema, path: Path, way: Way): Path | null {
  const parent = parentOf(path);
  const index = indexOf(path);
  const around = parent.length ? componentAt(form, parent) : form;
  if (way === 'up') return index > 0 ? [...parent, index - 1] : null;
  if (way === 'down') return index + 1 < inside(around ?? form).length ? [...parent, index + 1] : null;
  if (way === 'out') return parent.length ? [...parentOf(parent), indexOf(parent) + 1] : null;
  const before = index > 0 ? componentAt(form, [...parent, index - 1]) : undefined;
  return before && isContainer(before) ? [...parent, index - 1, inside(before).length] : null;
}

export function moved(form: Schema, path: Path, to: Path): Schema {
  const component = componentAt(form, path);
  return component ? inserted(removed(form, path), to, component) : form;
}

/** A name that no component of the form has. */
export function freshName(form: Schema, prefix: string): string {
  const taken = new Set(everyComponent(form).flatMap(({ component: { id, key, path } }) => [id, key, path]));
  let number = 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}
