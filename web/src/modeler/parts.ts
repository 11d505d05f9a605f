/** What stands beside a diagram in its folder: forms with their fields, decision tables with their decisions. */

export interface Named {
  id: string;
  name: string;
}
export interface DraftForm {
  formId: string;
  path: string;
  fields: Named[];
}
/** A decision and the file that it stands in. */
export interface DraftDecision extends Named {
  path: string;
}
export interface DraftParts {
  forms: DraftForm[];
  decisions: DraftDecision[];
}

interface Component {
  key?: unknown;
  label?: unknown;
  components?: unknown;
}

/** Files that cannot be read hold nothing; the check of the draft says what is wrong with them. */
export function partsOf(files: readonly { path: string; content: string }[]): DraftParts {
  const forms = files.flatMap(({ path, content }) => (path.endsWith('.form') ? formOf(path, content) : []));
  const decisions = files.flatMap(({ path, content }) => (path.endsWith('.dmn') ? decisionsOf(path, content) : []));
  return { forms, decisions };
}

function formOf(path: string, content: string): DraftForm[] {
  try {
    const form = JSON.parse(content) as { id?: unknown } & Component;
    return typeof form.id === 'string' ? [{ formId: form.id, path, fields: fieldsOf(form) }] : [];
  } catch {
    return [];
  }
}

function fieldsOf({ components }: Component): Named[] {
  if (!Array.isArray(components)) return [];
  return (components as Component[]).flatMap((each) => {
    const own = typeof each.key === 'string' ? [{ id: each.key, name: textOf(each.label) || each.key }] : [];
    return [...own, ...fieldsOf(each)];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function decisionsOf(path: string, content: string): DraftDecision[] {
  const found = new DOMParser().parseFromString(content, 'text/xml').getElementsByTagNameNS('*', 'decision');
  return [...found].flatMap((each) => {
    const id = each.getAttribute('id');
    return id ? [{ id, name: each.getAttribute('name') || id, path }] : [];
  });
}
