import type { Variables as Values } from '../../api/types';
import { useI18n } from '../../i18n';
import { Filling } from './Filling';
import type { WalkState } from './useWalk';
import { corrected } from './walking';

interface Props {
  variables: Values;
  /** the text of the form that the case began with: by it the data can be corrected */
  form: string | null;
  /** null when nothing can be corrected any more */
  walk: WalkState | null;
}

/** What the case knows now, as data, and a way to correct it. */
export function Variables({ variables, form, walk }: Props) {
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
      {walk && form !== null && (
        <Filling
          form={form}
          data={variables}
          action={t('walk.correct')}
          working={walk.working}
          onDone={(data) => void walk.choose(corrected(data))}
        />
      )}
    </details>
  );
}
