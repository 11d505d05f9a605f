import { describe, expect, it } from 'vitest';
import { FormEditor } from '../../src/formeditor/editor';
import { GROUPS, made, type Kind } from '../../src/formeditor/kinds';
import { elementsWith } from '../../src/formeditor/linked';
import { beside, isBeside } from '../../src/formeditor/rows';
import { nameOf, textsOf, withTexts } from '../../src/formeditor/texts';
import {
  changed,
  componentAt,
  everyComponent,
  freshName,
  goal,
  inserted,
  moved,
  removed,
} from '../../src/formeditor/tree';
import type { Schema } from '../../src/forms/schema';

const field = (key: string) => ({ type: 'textfield', id: key, key, label: key });
const form: Schema = {
  type: 'default',
  id: 'p.f',
  components: [field('a'), { type: 'group', id: 'g', components: [field('b')] }, field('c')],
};
const keys = (schema: Schema) => everyComponent(schema).map(({ component }) => component.key ?? component.id);
const thai = (th: string | null, en: string | null) => th ?? en ?? '';

describe('the tree of a form', () => {
  it('is read from the top, what is inside after what it is in', () => {
    expect(keys(form)).toEqual(['a', 'g', 'b', 'c']);
    expect(componentAt(form, [1, 0])?.key).toBe('b');
    expect(componentAt(form, [7])).toBeUndefined();
  });

  it('is changed without touching the form before', () => {
    const before = JSON.stringify(form);
    expect(componentAt(changed(form, [1, 0], { label: 'B', key: undefined }), [1, 0])).toEqual({
      type: 'textfield',
      id: 'b',
      label: 'B',
    });
    expect(keys(inserted(form, [1, 1], field('d')))).toEqual(['a', 'g', 'b', 'd', 'c']);
    expect(keys(removed(form, [1]))).toEqual(['a', 'c']);
    expect(JSON.stringify(form)).toBe(before);
  });

  it.each([
    [[0], 'down', ['g', 'b', 'a', 'c']],
    [[2], 'up', ['a', 'c', 'g', 'b']],
    [[2], 'in', ['a', 'g', 'b', 'c']],
    [[1, 0], 'out', ['a', 'g', 'b', 'c']],
  ] as const)('moves a component (%j %s)', (path, way, order) => {
    const to = goal(form, path, way);
    const next = moved(form, path, to ?? []);
    expect(keys(next)).toEqual(order);
    expect(componentAt(next, to ?? [])).toBe(componentAt(form, path));
  });

  it.each([
    [[0], 'up'],
    [[2], 'down'],
    [[0], 'in'],
    [[1], 'in'],
    [[0], 'out'],
  ] as const)('knows where there is no way (%j %s)', (path, way) => expect(goal(form, path, way)).toBeNull());

  it('finds a name that nothing has', () => {
    const taken = inserted(form, [0], field('x1'));
    expect([freshName(form, 'x'), freshName(taken, 'x')]).toEqual(['x1', 'x2']);
  });
});

describe('a new component', () => {
  it.each(Object.values(GROUPS).flat())(
    'of the kind %s is called in both languages and has a name of its own',
    (kind) => {
      const one = made(form, kind as Kind);
      const another = made(inserted(form, [0], one), kind as Kind);
      expect(another.id).not.toBe(one.id);
      if (one.label) expect(textsOf(one, 'label').en).toBeTruthy();
      if (one.key) expect(another.key).not.toBe(one.key);
      for (const { value } of one.values ?? []) expect(one.properties?.[`option.en.${String(value)}`]).toBeTruthy();
    },
  );
});

describe('texts in two languages', () => {
  it('stand in the attribute and in the properties, and go when they are empty', () => {
    const both = { ...field('a'), ...withTexts(field('a'), 'label', { th: 'ก', en: 'A' }) };
    expect(textsOf(both as never, 'label')).toEqual({ th: 'ก', en: 'A' });
    expect(withTexts(both as never, 'label', { th: null, en: null })).toEqual({
      label: undefined,
      properties: undefined,
    });
  });

  it('are what people call a component by', () => {
    expect(nameOf({ type: 'textfield', key: 'k', label: 'ก' }, thai)).toBe('ก');
    expect(nameOf({ type: 'krabuanPart', formId: 'shared.x' }, thai)).toBe('shared.x');
    expect(nameOf({ type: 'separator' }, thai)).toBe('separator');
  });
});

describe('rows', () => {
  it('hold what stands beside another, until it has a row of its own', () => {
    expect(isBeside(form, [0])).toBeNull();
    const one = beside(form, [2], true);
    expect([isBeside(one, [2]), isBeside(one, [1])]).toEqual([true, false]);
    expect(isBeside(beside(one, [2], false), [2])).toBe(false);
  });
});

describe('an open form', () => {
  it('goes back and forth by steps, with what was chosen', () => {
    const editor = new FormEditor(JSON.stringify(form));
    editor.choose([0]);
    editor.change(removed(form, [0]), null);
    expect(editor.snapshot()).toMatchObject({ edition: 1, chosen: null, canUndo: true, canRedo: false });
    editor.undo();
    expect(keys(editor.snapshot().form)).toEqual(['a', 'g', 'b', 'c']);
    expect(editor.snapshot()).toMatchObject({ chosen: [0], canUndo: false, canRedo: true });
    editor.redo();
    expect(JSON.parse(editor.xml())).toEqual(removed(form, [0]));
  });

  it('keeps everything of the file that it does not show', () => {
    const odd = { ...form, exporter: { name: 'x' }, components: [{ type: 'hologram', id: 'h', depth: { z: 1 } }] };
    expect(JSON.parse(new FormEditor(JSON.stringify(odd)).xml())).toEqual(odd);
  });

  it.each(['', '[]', '{"components": 1}', 'null', '{'])('does not open what is no form (%s)', (content) => {
    return expect(() => new FormEditor(content)).toThrow();
  });
});

it('the elements that show a form are found', () => {
  const xml = `<d xmlns:z="z"><p><t id="A"><e><z:formDefinition formId="p.f"/></e></t>
    <t id="B"><e><z:formDefinition formId="p.g"/></e></t></p></d>`;
  expect(elementsWith('p.f', xml)).toEqual(['A']);
  expect(elementsWith('p.f', 'no xml')).toEqual([]);
});
