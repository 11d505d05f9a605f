/** The form of a finished task: the version that the task was given, with the data of the moment at which it was sent. */
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { getFilledForm } from '../../api/course';
import type { UserTaskKey } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { parseSchema } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

const FormView = lazy(() => import('../../forms/FormView'));

export function FilledForm({ taskKey }: { taskKey: UserTaskKey }) {
  const { language, t } = useI18n();
  const filled = useResource(useCallback((signal: AbortSignal) => getFilledForm(taskKey, signal), [taskKey]));
  const form = filled.data?.form ?? null;
  const schema = useMemo(() => form && parseSchema(form.schema), [form]);
  if (filled.error) return <Failure error={filled.error} retry={filled.reload} />;
  if (filled.data === undefined) return <Loading />;
  if (!filled.data || !form || !schema) return <p className="muted">{t('earlier.noForm')}</p>;
  return (
    <>
      <p className="muted small">{t('earlier.version', { n: formatNumber(form.version, language) })}</p>
      <Suspense fallback={<Loading />}>
        <FormView schema={schema} data={filled.data.variables} readOnly />
      </Suspense>
    </>
  );
}
