/** The data of a case as they stood right after a chosen event. */
import { useCallback } from 'react';
import { getVariablesAt, type PastVariable } from '../../api/cases';
import type { ProcessInstanceKey } from '../../api/types';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import type { Moment } from './Timeline';
import { useResource } from '../../ui/useResource';
import { shownValue } from '../../ui/values';

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
            <td>{shownValue(value, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
