import type { Variables as Values } from '../../api/types';
import { useI18n } from '../../i18n';

/** What the case knows now, as data. */
export function Variables({ variables }: { variables: Values }) {
  const { t } = useI18n();
  const known = Object.entries(variables);
  return (
    <details className="walk-variables">
      <summary>{t('walk.variables')}</summary>
      {known.length === 0 && <p className="muted">{t('walk.noVariables')}</p>}
      <dl className="facts">
        {known.map(([name, value]) => (
          <div key={name} className="walk-variable">
            <dt>{name}</dt>
            <dd>
              <code>{JSON.stringify(value)}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
