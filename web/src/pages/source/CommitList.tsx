import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { getLatest } from '../../api/definitions';
import { shortId, sourceCommits, takeFromSource, type GitCommit } from '../../api/gitSource';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Listed } from '../../ui/Listed';
import { useAct } from '../../ui/useAct';
import { useList } from '../../ui/useList';
import { useResource } from '../../ui/useResource';

interface Props {
  reference: string;
  processDefinitionId: string;
}

/** The commits that changed a process, the newest first; from each a draft can be made. */
export function CommitList({ reference, processDefinitionId }: Props) {
  const { language, pick, t } = useI18n();
  const navigate = useNavigate();
  const { working, act } = useAct();
  const deployed = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const found = deployed.data?.find((each) => each.processDefinitionId === processDefinitionId);
  const name = (found && pick(found.name, found.nameEn)) || processDefinitionId;
  const list = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => sourceCommits(reference, processDefinitionId, after, signal),
      [reference, processDefinitionId],
    ),
  );

  const take = ({ commitId }: GitCommit) =>
    act(async () => {
      const made = await takeFromSource({ reference, commitId, processDefinitionId, name });
      void navigate(`/workbench/drafts/${made.draftKey}`);
      const id = shortId(commitId);
      if (made.leftOut.length === 0) return t('source.taken', { id });
      return t('source.takenWithout', { id, n: formatNumber(made.leftOut.length, language) });
    });

  return (
    <section className="card" aria-labelledby="source-commits">
      <h2 id="source-commits">{t('source.commits', { name })}</h2>
      <Listed list={list} empty={<p className="muted">{t('source.noCommits')}</p>}>
        {(items) => (
          <ul className="plain-list entries">
            {items.map((commit) => (
              <li key={commit.commitId}>
                <Commit commit={commit} working={working} onTake={() => void take(commit)} />
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function Commit({ commit, working, onTake }: { commit: GitCommit; working: boolean; onTake: () => void }) {
  const { language, t } = useI18n();
  const id = shortId(commit.commitId);
  const [subject = '', ...more] = commit.message.split('\n');
  const said = subject || t('source.unsaid');
  return (
    <>
      <div className="row source-commit">
        <strong>{said}</strong>
        {commit.published && <span className="badge good">{t('source.published')}</span>}
        <Button small isDisabled={working} aria-label={t('source.takeOf', { id, message: said })} onPress={onTake}>
          {t('source.take')}
        </Button>
      </div>
      <span className="muted small">
        {t('source.by', {
          name: commit.author || t('source.unnamed'),
          date: commit.committedAt ? formatMoment(commit.committedAt, language) : t('source.undated'),
          id,
        })}
      </span>
      {more.some((line) => line.trim()) && (
        <details>
          <summary>{t('source.details')}</summary>
          <p className="source-message">{more.join('\n').trim()}</p>
        </details>
      )}
    </>
  );
}
