/** The data of a case as they stood right after a chosen event. */
import { useCallback } from 'react';
import { getVariablesAt, type PastVariable } from '../../api/cases';
import type { ProcessInstanceKey } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { isMasked } from '../../forms/masked';
import { translate, useI18n, type Language } from '../../i18n';
import { readable } from '../../ui/erased';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import type { Moment } from './Timeline';
import { useResource } from '../../ui/useResource';

export function VariablesAt({ instance, moment }: { instance: ProcessInstanceKey; moment: Moment | null }) {
  const { t } = useI18n();
  return (
    // it may be longer than the window: who has no mouse scrolls it with the keys
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-labelledby="variables-title" aria-live="polite" className="variables-at" tabIndex={0}>
      <h3 id="variables-title">{moment === null ? t('case.variables') : t('case.variablesAt', { n: moment.event })}</h3>
      {moment === null ? (
        <p className="muted">{t('case.variablesHint')}</p>
      ) : (
        <Loaded instance={instance} sequence={moment.through} />
      )}
    </section>
  );
}

function Loaded({ instance, sequence }: { instance: ProcessInstanceKey; sequence: number }) {
  const variables = useResource(
    useCallback((signal: AbortSignal) => getVariablesAt(instance, sequence, signal), [instance, sequence]),
  );
  if (variables.error) return <Failure error={variables.error} retry={variables.reload} />;
  if (!variables.data) return <Loading />;
  return <VariableTable instance={instance} variables={variables.data} />;
}

function VariableTable({ instance, variables }: { instance: ProcessInstanceKey; variables: PastVariable[] }) {
  const { language, t } = useI18n();
  if (variables.length === 0) return <p className="muted">{t('case.noVariables')}</p>;
  const sorted = variables.toSorted((a, b) => a.name.localeCompare(b.name, 'th'));
  return (
    <table className="variable-table">
      <thead>
        <tr>
          <th scope="col">{t('case.variable')}</th>
          <th scope="col">{t('case.value')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ name, value, scopeKey }) => (
          <tr key={`${scopeKey}/${name}`}>
            <th scope="row">
              {name}
              {scopeKey !== instance && <div className="small">{t('case.local')}</div>}
            </th>
            <td>{shown(value, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

function shown(value: unknown, language: Language): string {
  if (typeof value === 'string') {
    if (MOMENT.test(value)) return formatMoment(value, language);
    if (DATE.test(value)) return formatMoment(`${value}T12:00:00+07:00`, language, 'date');
    return readable(value, translate(language, 'common.erased'));
  }
  if (typeof value === 'boolean') return translate(language, value ? 'common.yes' : 'common.no');
  if (value === null) return '–';
  if (isMasked(value)) return translate(language, 'form.masked');
  return readable(JSON.stringify(value, null, 1), translate(language, 'common.erased'));
}
