import { useCallback } from 'react';
import { putFile, type ModelDraft } from '../../api/modelDrafts';
import type { Wanted } from '../../modeler/panel/makeForm';
import type { DraftForm } from '../../modeler/parts';

/** Makes an empty form a file of the draft, beside the other forms of its process; the draft is then read again. */
export function useMakeForm({ draftKey, files }: ModelDraft, forms: readonly DraftForm[], reload: () => void) {
  return useCallback(
    async ({ prefix, name, title }: Wanted) => {
      const taken = new Set([...forms.map(({ formId }) => formId), ...files.map(({ path }) => formIdOf(path))]);
      const base = `${prefix}${name.replace(/[^A-Za-z0-9_-]/g, '-')}`;
      let formId = base;
      for (let number = 2; taken.has(formId); number += 1) formId = `${base}-${number}`;
      const path = `forms/${prefix.slice(0, -1)}/${formId}.form`;
      const form = {
        schemaVersion: 16,
        type: 'default',
        id: formId,
        ...(title.th && { title: title.th }),
        ...(title.en && { properties: { 'title.en': title.en } }),
        components: [],
      };
      await putFile(draftKey, { path, content: `${JSON.stringify(form, null, 2)}\n`, revision: null });
      reload();
      return formId;
    },
    [draftKey, files, forms, reload],
  );
}

function formIdOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.form$/, '');
}
