import { useCallback } from 'react';
import { Link } from 'react-router-dom';
import { casesByVersion, searchVersions } from '../../api/definitions';
import { createDraft } from '../../api/modelDrafts';
import type { ProcessDefinition, SearchResult } from '../../api/types';
import { mayDraft, useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Listed } from '../../ui/Listed';
import { PageTitle } from '../../ui/PageTitle';
import { useAct } from '../../ui/useAct';
import { useList } from '../../ui/useList';
import { comparePath } from '../compare/sides';
import type { WithWork } from './ProcessList';
import { Running } from './Running';
import { SourceNotice } from './SourceNotice';

interface Props {
  processDefinitionId: string;
  onCreated: (draftKey: string) => void;
}

/** The versions of one process, the newest first; from each a draft can be begun. */
export function VersionList({ processDefinitionId: id, onCreated }: Props) {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const { working, act } = useAct();
  const versions = useList(
    useCallback(
      async (after: string | undefined, signal?: AbortSignal): Promise<SearchResult<WithWork>> => {
        const [{ items, page }, work] = await Promise.all([
          searchVersions(id, after, signal),
          casesByVersion(id, signal),
        ]);
        return { page, items: items.map((item) => ({ ...item, work: work.get(item.processDefinitionKey) })) };
      },
      [id],
    ),
  );
  const latest = versions.items?.[0];
  const name = (latest && pick(latest.name, latest.nameEn)) || id;
  const begin = ({ version }: ProcessDefinition) =>
    act(async () => {
      onCreated(await createDraft(name, { processDefinitionId: id, version }));
      return t('workbench.created');
    });
  return (
    <>
      <PageTitle title={name}>{name}</PageTitle>
      <p>
        <Link to="/workbench">{t('workbench.back')}</Link>
      </p>
      {mayDraft(me, id) && <SourceNotice processDefinitionId={id} />}
      <section className="card" aria-labelledby="versions-title">
        <h2 id="versions-title">{t('workbench.versions')}</h2>
        <Listed list={versions} empty={<p className="muted">{t('workbench.noVersions')}</p>}>
          {(items) => (
            <ul className="plain-list entries">
              {items.map((item) => {
                const said = t('process.version', { version: formatNumber(item.version, language) });
                return (
                  <li key={item.processDefinitionKey} className="row">
                    <Link to={`/processes/${item.processDefinitionKey}`}>{said}</Link>
                    <span className="row">
                      {t('workbench.running')} <Running work={item.work} />
                    </span>
                    {item.version > 1 && (
                      <Link
                        aria-label={t('compare.withPreviousOf', { version: said })}
                        to={comparePath(id, `v${item.version - 1}`, `v${item.version}`)}
                      >
                        {t('compare.withPrevious')}
                      </Link>
                    )}
                    {mayDraft(me, id) && (
                      <Button
                        small
                        isDisabled={working}
                        aria-label={t('workbench.beginFrom', { version: said })}
                        onPress={() => void begin(item)}
                      >
                        {t('workbench.begin')}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          )}
        </Listed>
      </section>
    </>
  );
}
