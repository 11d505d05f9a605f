import { describe, expect, it } from 'vitest';
import { fieldsOf, isFilled, localised, parseSchema, placeOf, valueAt } from '../../src/forms/schema';

const schema = parseSchema(
  JSON.stringify({
    components: [
      {
        type: 'group',
        path: 'office',
        label: 'หน่วยงาน',
        properties: { 'label.en': 'Office' },
        components: [{ type: 'textfield', id: 'F1', key: 'name', label: 'ชื่อ' }],
      },
      {
        type: 'dynamiclist',
        path: 'people',
        components: [{ type: 'textfield', id: 'F2', key: 'name', label: 'ชื่อ', properties: { 'label.en': 'Name' } }],
      },
      {
        type: 'radio',
        id: 'F3',
        key: 'level',
        label: 'ระดับ',
        values: [
          { label: 'สูง', value: 'high' },
          { label: 'ต่ำ', value: 'low' },
        ],
        properties: { 'label.en': 'Level', 'option.en.high': 'High' },
      },
      { type: 'datetime', id: 'F4', key: 'at', dateLabel: 'วันที่', properties: { 'label.en': 'Date' } },
      {
        type: 'number',
        id: 'F5',
        key: 'amount',
        label: 'วงเงิน',
        appearance: { prefixAdorner: 'ประมาณ', suffixAdorner: 'บาท' },
        properties: { 'label.en': 'Amount', 'suffixAdorner.en': 'baht' },
      },
      { type: 'button', id: 'B', label: 'ส่ง' },
    ],
  }),
);

describe('localised', () => {
  it('takes English labels and options from the properties, Thai where there are none', () => {
    const [group, , radio, date] = localised(schema, 'en').components;
    expect(group?.label).toBe('Office');
    expect(radio?.values?.map((value) => value.label)).toEqual(['High', 'ต่ำ']);
    expect(date?.dateLabel).toBe('Date');
  });
  it('takes the English of what stands beside a value, such as its unit', () => {
    const amount = localised(schema, 'en').components[4];
    expect(amount?.appearance).toEqual({ prefixAdorner: 'ประมาณ', suffixAdorner: 'baht' });
  });
  it('leaves the number of rows to the server, because the form viewer takes it for the length of a text', () => {
    const list = { type: 'dynamiclist', path: 'people', validate: { required: true, minLength: 1 }, components: [] };
    const [people] = localised({ type: 'default', components: [list] }, 'th').components;
    expect(people).toEqual({ type: 'dynamiclist', path: 'people', components: [] });
  });
  it('leaves Thai as it is, and drops the buttons', () => {
    const { components } = localised(schema, 'th');
    expect(components.map((each) => each.type)).toEqual(['group', 'dynamiclist', 'radio', 'datetime', 'number']);
    expect(components[0]?.label).toBe('หน่วยงาน');
  });
});

describe('fieldsOf', () => {
  it('names every field by its place in the data', () => {
    expect(fieldsOf(schema).map((field) => field.path)).toEqual([
      'office.name',
      'people.name',
      'level',
      'at',
      'amount',
    ]);
    expect(fieldsOf(schema)[3]?.label).toEqual({ th: 'วันที่', en: 'Date' });
  });
});

describe('places', () => {
  it('separate rows from names', () => {
    expect(placeOf('people[2].name')).toEqual({ path: 'people.name', rows: [2] });
    expect(valueAt({ office: { name: 'x' } }, 'office.name')).toBe('x');
    expect(valueAt({ office: null }, 'office.name')).toBeUndefined();
  });
  it.each([
    ['', false],
    ['  ', false],
    [false, false],
    [null, false],
    [[], false],
    [0, true],
    ['x', true],
    [true, true],
  ])('isFilled(%j) is %j', (value, expected) => {
    expect(isFilled(value)).toBe(expected);
  });
});
