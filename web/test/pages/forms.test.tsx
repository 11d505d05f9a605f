import { render, waitFor } from '@testing-library/react';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import FormView from '../../src/forms/FormView';
import { localised, parseSchema, type Component } from '../../src/forms/schema';
import { LanguageProvider, type Language } from '../../src/i18n';

const FOLDER = join(import.meta.dirname, '../../../forms');
const FORMS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.form'))
  .map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }))
  // the server puts shared parts in their places before a form is sent
  .filter(({ text }) => !text.includes('"krabuanPart"'));
const EMPTY = {};

/** Labels that stand there whatever is filled in; what is computed shows only when there is something to compute. */
function certainLabels(components: Component[]): string[] {
  return components.flatMap((component) => {
    if (component['conditional'] || component['isRepeating'] || component.type === 'expression') return [];
    const label = component.dateLabel ?? component.label;
    return [...(component.key && label ? [label] : []), ...certainLabels(component.components ?? [])];
  });
}

describe.each(FORMS)('the form $file', ({ text }) => {
  it.each<Language>(['th', 'en'])('is drawn with all its labels (%s)', async (language) => {
    const schema = parseSchema(text);
    const { container } = render(
      <LanguageProvider initial={language}>
        <FormView schema={schema} data={EMPTY} />
      </LanguageProvider>,
    );
    const labels = certainLabels(localised(schema, language).components);
    await waitFor(() => expect(labels.filter((label) => !container.textContent.includes(label))).toEqual([]));
  });
});
