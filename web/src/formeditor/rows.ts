/** Components that stand in one row of the form. */
import type { Component, Schema } from '../forms/schema';
import { changed, componentAt, everyComponent, type Path } from './tree';

interface Layout {
  row?: string;
  columns?: number | null;
}

const layoutOf = (component: Component | undefined): Layout => (component?.['layout'] ?? {}) as Layout;

function before(path: Path): Path | null {
  const index = path.at(-1) ?? 0;
  return index > 0 ? [...path.slice(0, -1), index - 1] : null;
}

/** Whether the component stands beside the one before it; null where there is none before it. */
export function isBeside(form: Schema, path: Path): boolean | null {
  const previous = before(path);
  if (!previous) return null;
  const { row } = layoutOf(componentAt(form, path));
  return Boolean(row) && row === layoutOf(componentAt(form, previous)).row;
}

/** With the component beside the one before it, or in a row of its own; all of a row are equally wide. */
export function beside(form: Schema, path: Path, wanted: boolean): Schema {
  const previous = before(path);
  if (!previous) return form;
  if (!wanted) return changed(form, path, { layout: { row: freshRow(form), columns: null } });
  const row = layoutOf(componentAt(form, previous)).row ?? freshRow(form);
  const first = changed(form, previous, { layout: { row, columns: null } });
  return changed(first, path, { layout: { row, columns: null } });
}

function freshRow(form: Schema): string {
  const taken = new Set(everyComponent(form).map(({ component }) => layoutOf(component).row));
  let number = 1;
  while (taken.has(`Row_${number}`)) number += 1;
  return `Row_${number}`;
}
