/** The form of a task as it was seen at a moment: the version that the task was given, with the data of then. */
import { lazy, Suspense, useCallback, useMemo } from 'react';
import type { PastVariable } from '../../../api/cases';
import type { UserTaskKey, Variables } from '../../../api/types';
import { getTaskForm } from '../../../api/userTasks';
import { formatNumber } from '../../../dates/format';
import { parseSchema } from '../../../forms/schema';
import { useI18n } from '../../../i18n';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { useResource } from '../../../ui/useResource';

const FormView = lazy(() => import('../../../forms/FormView'));

interface Props {
  taskKey: UserTaskKey;
  /** keys of the scopes that the task saw, the outermost first */
  scopes: readonly string[];
  variables: PastVariable[] | null;
}

export function PastForm({ taskKey, scopes, variables }: Props) {
  const { language, t } = useI18n();
  const read = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const form = await getTaskForm(taskKey, signal);
        return form && { schema: parseSchema(form.schema), version: form.version };
      },
      [taskKey],
    ),
  );
  const order = scopes.join(' ');
  const data = useMemo(() => variables && seenFrom(order.split(' '), variables), [order, variables]);
  if (read.error) return <Failure error={read.error} retry={read.reload} />;
  if (read.data === undefined || !data) return <Loading />;
  if (read.data === null) return <p className="muted">{t('replay.noForm')}</p>;
  return (
    <>
      <p className="muted small">{t('replay.formVersion', { n: formatNumber(read.data.version, language) })}</p>
      <Suspense fallback={<Loading />}>
        <FormView schema={read.data.schema} data={data} readOnly />
      </Suspense>
    </>
  );
}

/** Where several scopes have the name, the innermost wins. */
function seenFrom(scopes: readonly string[], variables: readonly PastVariable[]): Variables {
  const of = (scope: string) => variables.filter((each) => each.scopeKey === scope);
  return Object.fromEntries(scopes.flatMap(of).map(({ name, value }) => [name, value]));
}
