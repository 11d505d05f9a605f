/** A draft of a process: its diagrams, one of them open in the modeler, with what was found wrong. */
import { useCallback } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { getDraft, type ModelDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Actions } from './Actions';
import './draft.css';
import { FromSource } from './FromSource';
import { OpenDiagram } from './OpenDiagram';

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
  const diagrams = draft.files.filter((file) => file.kind === 'BPMN');
  const open = diagrams.find((file) => file.path === params.get('file')) ?? diagrams[0];
  const change = (path: string) => setParams({ file: path }, { replace: true });
  return (
    <>
      <div className="row draft-head">
        <PageTitle title={draft.name}>{draft.name}</PageTitle>
        <span className="badge">{t(`draft.state.${draft.state}`)}</span>
      </div>
      <FromSource draft={draft} />
      {diagrams.length > 1 && (
        <Choice
          label={t('draft.file')}
          value={open?.path ?? ''}
          options={diagrams.map(({ path }) => ({ value: path, label: path }))}
          onChange={change}
        />
      )}
      {open ? (
        <OpenDiagram key={open.path} draft={draft} path={open.path} onFile={change} onDone={reload} />
      ) : (
        <>
          <p className="card">{t('draft.noDiagram')}</p>
          <Actions draft={draft} settled={() => Promise.resolve(true)} errors={0} onDone={reload} />
        </>
      )}
    </>
  );
}
