/** The Git source: its branches and tags, the processes there, and their commits, from each of which a draft is made. */
import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { getSource, offered, type GitReference, type GitSource } from '../../api/gitSource';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Empty } from '../../ui/Empty';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { CommitList } from './CommitList';
import { SourceProcesses } from './SourceProcesses';
import './source.css';

export default function SourcePage() {
  const { t } = useI18n();
  const source = useResource(useCallback((signal: AbortSignal) => getSource(signal), []));
  return (
    <>
      <PageTitle>{t('source.title')}</PageTitle>
      <p className="muted">{t('source.what')}</p>
      {source.error ? <Failure error={source.error} retry={source.reload} /> : null}
      {!source.data && !source.error && <Loading />}
      {source.data && <Shown source={source.data} />}
    </>
  );
}

function Shown({ source }: { source: GitSource }) {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const first = offered(source);
  if (!first) {
    return (
      <Empty
        title={t(source.available ? 'source.noReferences' : 'source.none')}
        hint={t(source.available ? 'source.noReferencesHint' : 'source.noneHint')}
      >
        <Link to="/workbench">{t('source.toWorkbench')}</Link>
      </Empty>
    );
  }
  const reference = source.references.find(({ name }) => name === params.get('at'))?.name ?? first.name;
  const process = params.get('process');
  const at = (more: Record<string, string>) => ({ search: `?${new URLSearchParams({ at: reference, ...more })}` });
  return (
    <>
      <div className="card">
        <Choice
          label={t('source.reference')}
          value={reference}
          options={source.references.map((each) => ({ value: each.name, label: nameOf(each) }))}
          onChange={(name) => setParams({ at: name, ...(process !== null && { process }) }, { replace: true })}
        />
      </div>
      {process === null ? (
        <SourceProcesses reference={reference} to={(id) => at({ process: id })} />
      ) : (
        <>
          <p>
            <Link to={at({})}>{t('source.back')}</Link>
          </p>
          <CommitList reference={reference} processDefinitionId={process} />
        </>
      )}
    </>
  );

  function nameOf({ name, kind }: GitReference) {
    return kind === 'TAG' ? t('source.tag', { name }) : name;
  }
}
