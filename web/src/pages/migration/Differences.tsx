/** What the other version says otherwise, in words; what deserves a second look is marked. */
import { useCallback } from 'react';
import type { MigrationPreview } from '../../api/migration';
import { compareModels } from '../../api/modelComparisons';
import { useI18n } from '../../i18n';
import { ChangeList } from '../../parts/changes/ChangeList';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

type Version = MigrationPreview['source'];

export function Differences({ source, target }: { source: Version; target: Version }) {
  const { t } = useI18n();
  const { processDefinitionId: left, version: from } = source;
  const { processDefinitionId: entered, version: to } = target;
  const found = useResource(
    useCallback(
      (signal: AbortSignal) =>
        compareModels(
          { processDefinitionId: left, version: from },
          { processDefinitionId: entered, version: to },
          {},
          signal,
        ),
      [left, from, entered, to],
    ),
  );
  return (
    <section className="card" aria-labelledby="migration-differences">
      <h2 id="migration-differences">{t('migration.differences')}</h2>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!found.data && !found.error && <Loading />}
      {found.data && <ChangeList comparison={found.data} />}
    </section>
  );
}
