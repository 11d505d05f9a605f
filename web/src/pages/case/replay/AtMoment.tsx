/** The case at the moment that is looked at: its open tasks with their forms, and its data. */
import type { HistoryEvent, ProcessInstanceKey } from '../../../api/types';
import type { Names } from '../../../diagram/names';
import { useI18n } from '../../../i18n';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { VariablesAt } from '../VariablesAt';
import { PastTasks } from './PastTasks';
import type { Replayed } from './useReplay';
import { useVariablesAt } from './useVariablesAt';

interface Props {
  instance: ProcessInstanceKey;
  names: Names;
  /** the event after which the data are asked for; null is the present */
  sequence: number | null;
  events: readonly HistoryEvent[];
  replayed: Replayed | null;
}

export function AtMoment(props: Props) {
  const { t } = useI18n();
  const { sequence } = props;
  return (
    // it may be longer than the window: who has no mouse scrolls it with the keys
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-labelledby="variables-title" className="variables-at" tabIndex={0}>
      <h3 id="variables-title">{sequence === null ? t('case.variables') : t('case.variablesAt', { n: sequence })}</h3>
      {sequence === null ? <p className="muted">{t('case.variablesHint')}</p> : <Past {...props} sequence={sequence} />}
    </section>
  );
}

function Past({ instance, names, sequence, events, replayed }: Props & { sequence: number }) {
  const { variables, of, error, reload } = useVariablesAt(instance, sequence);
  const { t } = useI18n();
  return (
    <>
      {replayed && (
        <PastTasks
          instance={instance}
          names={names}
          events={events}
          replayed={replayed}
          variables={variables ?? null}
        />
      )}
      <h4>{t('replay.data')}</h4>
      {error ? (
        <Failure error={error} retry={reload} />
      ) : variables ? (
        <div aria-busy={of !== sequence} aria-live="polite">
          <VariablesAt instance={instance} variables={variables} />
        </div>
      ) : (
        <Loading />
      )}
    </>
  );
}
