/** The data of a case as they stood at a moment. */
import type { PastVariable } from '../../api/cases';
import type { ProcessInstanceKey } from '../../api/types';
import { useI18n } from '../../i18n';
import { shownValue } from '../../ui/values';

export function VariablesAt({ instance, variables }: { instance: ProcessInstanceKey; variables: PastVariable[] }) {
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
