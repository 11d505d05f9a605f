/** A value of a case as people read it. */
import { formatMoment } from '../dates/format';
import { filesIn } from '../files/reference';
import { isMasked } from '../forms/masked';
import { translate, type Language } from '../i18n';
import { readable } from './erased';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

export function shownValue(value: unknown, language: Language): string {
  if (typeof value === 'string') {
    if (MOMENT.test(value)) return formatMoment(value, language);
    if (DATE.test(value)) return formatMoment(`${value}T12:00:00+07:00`, language, 'date');
    return readable(value, translate(language, 'common.erased'));
  }
  if (typeof value === 'boolean') return translate(language, value ? 'common.yes' : 'common.no');
  if (value === null) return '–';
  if (isMasked(value)) return translate(language, 'form.masked');
  const files = filesIn(value);
  if (files.length > 0 && files.length === (Array.isArray(value) ? value.length : 1)) {
    const names = files.map(({ facts }) => facts.name ?? translate(language, 'files.unnamed'));
    return readable(names.join(', '), translate(language, 'common.erased'));
  }
  return readable(JSON.stringify(value, null, 1), translate(language, 'common.erased'));
}
