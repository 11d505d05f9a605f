/** What was entered when the case began, to be corrected: deadlines and timers that count from it move. */
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { correctCase, getCase, getCaseVariables } from '../../api/cases';
import { getStartForm } from '../../api/definitions';
import type { FieldProblem, ProcessInstanceKey } from '../../api/types';
import { deskFor } from '../../files/fileDesk';
import type { FormHandle } from '../../forms/FormView';
import { fieldsOf, parseSchema } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { Obstacles, obstacleOf, remaining, type Obstacle } from '../../parts/Obstacles';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';

const FormView = lazy(() => import('../../forms/FormView'));
const NO_PROBLEMS: readonly FieldProblem[] = [];

export default function CorrectionPage() {
  const { key = '' } = useParams();
  return <Correction key={key} caseKey={key} />;
}

function Correction({ caseKey }: { caseKey: ProcessInstanceKey }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const form = useRef<FormHandle>(null);
  const desk = useMemo(() => deskFor(() => ({ processInstanceKey: caseKey })), [caseKey]);
  const [working, setWorking] = useState(false);
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const content = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const item = await getCase(caseKey, signal);
        const [startForm, variables] = await Promise.all([
          getStartForm(item.processDefinitionKey, signal),
          getCaseVariables(caseKey, signal),
        ]);
        return { schema: startForm && parseSchema(startForm.schema), variables };
      },
      [caseKey],
    ),
  );
  const schema = content.data?.schema ?? null;
  const fields = useMemo(() => (schema ? fieldsOf(schema) : []), [schema]);

  async function correct() {
    const { values, wrong } = form.current?.submit() ?? { values: {}, wrong: [] };
    if (wrong.length > 0) {
      setObstacle({ kind: 'fields', fields: wrong.map((field) => ({ field: field.path, text: null })) });
      return;
    }
    setWorking(true);
    setObstacle(null);
    try {
      await correctCase(caseKey, values);
      announce(t('correction.done'));
      await navigate(`/cases/${caseKey}`);
    } catch (error) {
      setWorking(false);
      setObstacle(obstacleOf(error));
    }
  }

  return (
    <>
      <p className="small">
        <Link to={`/cases/${caseKey}`}>{t('correction.back')}</Link>
      </p>
      <PageTitle>{t('correction.title')}</PageTitle>
      {content.loading && <Loading />}
      {Boolean(content.error) && <Failure error={content.error} retry={content.reload} />}
      {content.data && !schema && <p className="card">{t('correction.noForm')}</p>}
      {content.data && schema && (
        <section className="card" aria-label={t('task.form')}>
          <p>{t('correction.hint')}</p>
          <Suspense fallback={<Loading />}>
            <FormView
              handle={form}
              schema={schema}
              data={content.data.variables}
              desk={desk}
              problems={obstacle?.kind === 'refused' ? obstacle.problems : NO_PROBLEMS}
              onChange={(_, wrong) => setObstacle((before) => remaining(before, wrong))}
            />
            {obstacle && (
              <Obstacles obstacle={obstacle} fields={fields} focusField={(path) => form.current?.focus(path)} />
            )}
            <Button kind="primary" isDisabled={working} onPress={() => void correct()}>
              {t('correction.submit')}
            </Button>
          </Suspense>
        </section>
      )}
    </>
  );
}
