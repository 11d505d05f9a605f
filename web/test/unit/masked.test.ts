import { describe, expect, it } from 'vitest';
import { isMasked, withoutMasked } from '../../src/forms/masked';
import { parseSchema } from '../../src/forms/schema';

const MASK = { 'krabuan.masked': true };
const schema = parseSchema(
  JSON.stringify({
    components: [
      {
        type: 'textfield',
        id: 'F1',
        key: 'nid',
        label: 'เลขประจำตัว',
        properties: { 'label.en': 'Number' },
        validate: { required: true },
      },
      {
        type: 'dynamiclist',
        id: 'F2',
        path: 'people',
        label: 'บุคคล',
        components: [{ type: 'textfield', key: 'name' }],
      },
      {
        type: 'group',
        components: [
          { type: 'number', key: 'amount' },
          { type: 'textfield', key: 'remark' },
        ],
      },
    ],
  }),
);

describe('withoutMasked', () => {
  it('leaves a form without masks as it is', () => {
    const data = { nid: '1', people: [] };
    expect(withoutMasked(schema, data, 'w')).toEqual({ schema, data });
  });
  it('shows a field that is neither changed nor required nor submitted in the place of each masked one', () => {
    const shown = withoutMasked(schema, { nid: MASK, people: MASK, amount: MASK, remark: 'seen' }, 'words');
    expect(shown.data).toEqual({
      remark: 'seen',
      krabuan_masked_nid: '••••••',
      krabuan_masked_people: '••••••',
      krabuan_masked_amount: '••••••',
    });
    const [nid, people, group] = shown.schema.components;
    expect(nid).toEqual({
      type: 'textfield',
      id: 'F1',
      key: 'krabuan_masked_nid',
      label: 'เลขประจำตัว',
      properties: { 'label.en': 'Number' },
      description: 'words',
      disabled: true,
    });
    expect(people).toMatchObject({ type: 'textfield', label: 'บุคคล', disabled: true });
    expect(group?.components?.map((each) => each.key)).toEqual(['krabuan_masked_amount', 'remark']);
  });
  it('knows a mask from a value', () => {
    expect([MASK, { a: 1 }, null, 'krabuan.masked', []].map(isMasked)).toEqual([true, false, false, false, false]);
  });
});
