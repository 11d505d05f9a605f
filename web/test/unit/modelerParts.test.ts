import { describe, expect, it } from 'vitest';
import { revived, written } from '../../src/modeler/clipboard';
import { lengthOf, written as lengthWritten } from '../../src/modeler/panel/length';
import { partsOf } from '../../src/modeler/parts';

describe('what stands beside a diagram', () => {
  it('is forms with their fields, however deep, and decisions', () => {
    const form = {
      id: 'p.a',
      components: [{ key: 'x', label: 'ก' }, { components: [{ key: 'y' }] }, { type: 'text' }],
    };
    const dmn =
      '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="D" name="ค่า"/></definitions>';
    expect(
      partsOf([
        { path: 'forms/p/a.form', content: JSON.stringify(form) },
        { path: 'processes/p/d.dmn', content: dmn },
        { path: 'forms/p/broken.form', content: '{' },
      ]),
    ).toEqual({
      forms: [
        {
          formId: 'p.a',
          path: 'forms/p/a.form',
          fields: [
            { id: 'x', name: 'ก' },
            { id: 'y', name: 'y' },
          ],
        },
      ],
      decisions: [{ id: 'D', name: 'ค่า', path: 'processes/p/d.dmn' }],
    });
  });
});

describe('a standard time', () => {
  it.each([
    ['P3D', { count: '3', unit: 'days' }],
    ['PT30M', { count: '30', unit: 'minutes' }],
    ['P2M', { count: '2', unit: 'months' }],
  ] as const)('%s is a number and a unit', (text, length) => {
    expect(lengthOf(text)).toEqual(length);
    expect(lengthWritten(length)).toBe(text);
  });
  it.each(['P1DT4H', 'R/P1M', '--04-05'])('%s is entered as it is written', (text) => {
    expect(lengthOf(text)).toBeNull();
  });
  it.each(['', '0', '-1', '1.5', 'x'])('is empty with %j as its number', (count) => {
    expect(lengthWritten({ count, unit: 'days' })).toBe('');
  });
});

describe('what was copied', () => {
  it('is made anew by the diagram that it is pasted into', () => {
    const tree = { 0: [{ id: 'A', businessObject: { $type: 'bpmn:Task', name: 'ก' } }] };
    expect(revived(written(tree), (type, properties) => ({ made: type, ...properties }) as never)).toEqual({
      0: [{ id: 'A', businessObject: { made: 'bpmn:Task', name: 'ก' } }],
    });
  });
  it('is nothing when it cannot be read', () => {
    expect(revived('{', () => ({}) as never)).toBeNull();
  });
});
