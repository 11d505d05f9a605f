import { useCallback } from 'react';
import { Link, type To } from 'react-router-dom';
import { getLatest } from '../../api/definitions';
import { sourceProcesses, type GitProcess } from '../../api/gitSource';
import { useI18n } from '../../i18n';
import { Listed } from '../../ui/Listed';
import { useList } from '../../ui/useList';
import { useResource } from '../../ui/useResource';
import { SourceState } from './SourceState';

interface Props {
  reference: string;
  /** Where the commits of a process are. */
  to: (processDefinitionId: string) => To;
}

/** The processes at a branch or tag that one owns, and how each stands to what is published. */
export function SourceProcesses({ reference, to }: Props) {
  const { t } = useI18n();
  const list = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => sourceProcesses(reference, after, signal),
      [reference],
    ),
  );
  return (
    <section className="card" aria-labelledby="source-processes">
      <h2 id="source-processes">{t('source.processes')}</h2>
      <Listed list={list} empty={<p className="muted">{t('source.noProcesses')}</p>}>
        {(items) => <Processes items={items} to={to} />}
      </Listed>
    </section>
  );
}

function Processes({ items, to }: { items: readonly GitProcess[]; to: Props['to'] }) {
  const { pick } = useI18n();
  const deployed = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const names = new Map(deployed.data?.map((each) => [each.processDefinitionId, pick(each.name, each.nameEn)]));
  return (
    <ul className="plain-list entries">
      {items.map((item) => {
        const id = item.processDefinitionId;
        const name = names.get(id);
        return (
          <li key={id}>
            <div className="row">
              <Link to={to(id)}>{name || id}</Link>
              <SourceState process={item} />
            </div>
            {name && <span className="muted small">{id}</span>}
          </li>
        );
      })}
    </ul>
  );
}
