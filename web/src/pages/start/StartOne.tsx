/** One process about to be started: its start form, if it has one, and the case's number. */
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { getDefinition, getStartForm, startProcess } from '../../api/definitions';
import type { FieldProblem, ProcessDefinitionKey } from '../../api/types';
import { now } from '../../dates/clock';
import { deskFor } from '../../files/fileDesk';
import type { FormHandle } from '../../forms/FormView';
import { fieldsOf, parseSchema } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { Obstacles, obstacleOf, remaining, type Obstacle } from '../../parts/Obstacles';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { About } from './About';

const FormView = lazy(() => import('../../forms/FormView'));
const EMPTY = {};
/** so long the server keeps files of a form that is never sent: ms */
const KEPT = 7 * 24 * 60 * 60 * 1000;
const NO_PROBLEMS: readonly FieldProblem[] = [];

export function StartOne({ definitionKey }: { definitionKey: ProcessDefinitionKey }) {
  const { pick, t } = useI18n();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const form = useRef<FormHandle>(null);
  const [businessId, setBusinessId] = useState('');
  const [working, setWorking] = useState(false);
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const process = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [definition, startForm] = await Promise.all([
          getDefinition(definitionKey, signal),
          getStartForm(definitionKey, signal),
        ]);
        return { definition, schema: startForm && parseSchema(startForm.schema) };
      },
      [definitionKey],
    ),
  );
  const schema = process.data?.schema ?? null;
  const processId = process.data?.definition.processDefinitionId;
  const desk = useMemo(() => {
    if (processId === undefined) return null;
    const to = () => ({ processDefinitionId: processId, expiresAt: new Date(now() + KEPT).toISOString() });
    return deskFor(to);
  }, [processId]);
  const fields = useMemo(() => (schema ? fieldsOf(schema) : []), [schema]);

  async function start() {
    const { values, wrong } = form.current?.submit() ?? { values: {}, wrong: [] };
    if (wrong.length > 0) {
      setObstacle({ kind: 'fields', fields: wrong.map((field) => ({ field: field.path, text: null })) });
      return;
    }
    setWorking(true);
    setObstacle(null);
    try {
      const key = await startProcess(definitionKey, values, businessId.trim());
      announce(t('start.done'));
      await navigate(`/cases/${key}`);
    } catch (error) {
      setWorking(false);
      setObstacle(obstacleOf(error));
    }
  }

  if (process.error) return <Failure error={process.error} retry={process.reload} />;
  if (!process.data) return <Loading />;
  const { definition } = process.data;
  const name = pick(definition.name, definition.nameEn) || definition.processDefinitionId;
  return (
    <>
      <p className="small">
        <Link to="/start">{t('start.back')}</Link>
      </p>
      <PageTitle>{name}</PageTitle>
      <About definitionKey={definitionKey} />
      <section className="card" aria-label={t('task.form')}>
        <Suspense fallback={<Loading />}>
          {schema ? (
            <FormView
              handle={form}
              schema={schema}
              data={EMPTY}
              desk={desk}
              onChange={(_, wrong) => setObstacle((before) => remaining(before, wrong))}
              problems={obstacle?.kind === 'refused' ? obstacle.problems : NO_PROBLEMS}
            />
          ) : (
            <p>{t('start.noForm')}</p>
          )}
          <div className="start-business-id">
            <TextInput
              label={t('start.businessId')}
              hint={t('start.businessIdHint')}
              value={businessId}
              onChange={setBusinessId}
              maxLength={256}
            />
          </div>
          {obstacle && (
            <Obstacles obstacle={obstacle} fields={fields} focusField={(path) => form.current?.focus(path)} />
          )}
          <Button kind="primary" isDisabled={working} onPress={() => void start()}>
            {working ? t('start.working') : t('start.submit')}
          </Button>
        </Suspense>
      </section>
    </>
  );
}
