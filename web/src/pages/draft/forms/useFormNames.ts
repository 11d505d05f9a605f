import { useCallback } from 'react';
import { getFileContent, knownVariables, type KnownVariable, type ModelDraft } from '../../../api/modelDrafts';
import { elementsWith } from '../../../formeditor/linked';
import { fieldsOf, type Schema } from '../../../forms/schema';
import type { AskKnown } from '../../../modeler/panel/known';

const HERE = { th: 'แบบฟอร์มนี้', en: 'this form' };

/** What expressions of a form may speak of: its fields, and what a case knows at the first element that shows it. */
export function useFormNames({ draftKey, files }: ModelDraft, form: Schema): AskKnown {
  return useCallback(
    async (_: string, signal: AbortSignal) => {
      const own = fieldsOf(form).map(({ path, label }) => variable(path.split('.')[0] ?? path, label));
      const diagrams = files.filter(({ kind }) => kind === 'BPMN');
      for (const { path } of diagrams) {
        const { content } = await getFileContent(draftKey, path, signal);
        const [element] = elementsWith(String(form.id), content);
        if (element) return merged(own, await knownVariables(draftKey, element, signal));
      }
      return merged(own, []);
    },
    [draftKey, files, form],
  );
}

function variable(name: string, label: { th: string | null; en: string | null }): KnownVariable {
  return {
    name,
    type: '',
    label: { th: label.th ?? '', en: label.en ?? '' },
    sourceElementId: '',
    source: HERE,
    own: true,
  };
}

function merged(own: KnownVariable[], others: KnownVariable[]): KnownVariable[] {
  return [...new Map([...others, ...own].map((each) => [each.name, each])).values()];
}
