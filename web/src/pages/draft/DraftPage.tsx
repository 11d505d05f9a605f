/** A draft of a process: its diagrams, decisions and forms, one of them open to be changed, with what was found wrong. */
import { lazy, Suspense, useCallback, useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { getDraft, type ModelDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Actions } from './Actions';
import { NewDecisionFile } from './decisions/NewDecisionFile';
import './draft.css';
import { FromSource } from './FromSource';
import { OpenDiagram } from './OpenDiagram';

const OpenForm = lazy(() => import('./forms/OpenForm'));
const OpenDecisions = lazy(() => import('./decisions/OpenDecisions'));

export default function DraftPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const draft = useResource(useCallback((signal: AbortSignal) => getDraft(key, signal), [key]));
  if (draft.data) return <Shown draft={draft.data} reload={draft.reload} />;
  return (
    <>
      <PageTitle>{t('draft.title')}</PageTitle>
      {draft.error ? <Failure error={draft.error} retry={draft.reload} /> : <Loading />}
    </>
  );
}

function Shown({ draft, reload }: { draft: ModelDraft; reload: () => void }) {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const [asked, setAsked] = useState(false);
  const files = draft.files
    .filter(({ kind }) => kind === 'BPMN' || kind === 'DMN' || kind === 'FORM')
    .toSorted((a, b) => a.kind.localeCompare(b.kind));
  const open = files.find(({ path }) => path === params.get('file')) ?? files[0];
  const opened = open && { draft, path: open.path, onFile: change, onDone: reload };
  return (
    <>
      <div className="row draft-head">
        <PageTitle title={draft.name}>{draft.name}</PageTitle>
        <span className="badge">{t(`draft.state.${draft.state}`)}</span>
      </div>
      <FromSource draft={draft} />
      <div className="row draft-files">
        {files.length > 1 && (
          <Choice
            label={t('draft.file')}
            value={open?.path ?? ''}
            options={files.map(({ path, kind }) => ({
              value: path,
              label: `${t(`draft.kind.${kind as 'BPMN' | 'DMN' | 'FORM'}`)}: ${path}`,
            }))}
            onChange={change}
          />
        )}
        {draft.state === 'OPEN' && (
          <Button small onPress={() => setAsked(true)}>
            {t('dmn.file.new')}
          </Button>
        )}
      </div>
      {asked && (
        <NewDecisionFile
          draft={draft}
          beside={open?.path ?? ''}
          name=""
          onMade={(path, decision) => {
            reload();
            change(path, decision);
          }}
          onClose={() => setAsked(false)}
        />
      )}
      {opened ? (
        <Suspense fallback={<Loading />}>
          {open.kind === 'FORM' ? (
            <OpenForm key={open.path} {...opened} />
          ) : open.kind === 'DMN' ? (
            <OpenDecisions key={open.path} {...opened} />
          ) : (
            <OpenDiagram key={open.path} {...opened} />
          )}
        </Suspense>
      ) : (
        <>
          <p className="card">{t('draft.noDiagram')}</p>
          <Actions draft={draft} settled={() => Promise.resolve(true)} errors={0} onDone={reload} />
        </>
      )}
    </>
  );

  function change(path: string, decision?: string) {
    setParams({ file: path, ...(decision && { decision }) }, { replace: true });
  }
}
