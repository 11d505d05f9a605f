import { useCallback, useEffect, useRef } from 'react';
import { checkDraft, type Finding } from '../../api/modelDrafts';
import type { Editor } from '../../modeler/editor';
import { useResource } from '../../ui/useResource';

export interface Check {
  /** null until they are known */
  findings: Finding[] | null;
  error: unknown;
  again: () => void;
}

interface Wanted {
  draftKey: string;
  path: string;
  editor: Editor | null;
  /** of the file: it is checked anew when this changes */
  revision: number;
}

/** What deployment would say of the draft as it is saved, drawn on the elements of the open diagram. */
export function useFindings({ draftKey, path, editor, revision }: Wanted): Check {
  const check = useResource(useCallback((signal: AbortSignal) => checkDraft(draftKey, signal), [draftKey]));
  const { reload } = check;
  const checked = useRef(revision);
  useEffect(() => {
    if (checked.current === revision) return;
    checked.current = revision;
    reload();
  }, [revision, reload]);

  const marked = useRef<{ errors: string[]; warnings: string[] }>({ errors: [], warnings: [] });
  const found = check.data;
  useEffect(() => {
    if (!editor) {
      marked.current = { errors: [], warnings: [] };
      return;
    }
    const of = (severity: Finding['severity']) =>
      (found ?? []).flatMap((each) => (each.severity === severity && each.path === path ? (each.elementId ?? []) : []));
    const now = { errors: of('ERROR'), warnings: of('WARNING') };
    editor.mark('krabuan-error', marked.current.errors, now.errors);
    editor.mark('krabuan-warning', marked.current.warnings, now.warnings);
    marked.current = now;
  }, [editor, found, path]);

  return { findings: found ?? null, error: check.error, again: reload };
}
