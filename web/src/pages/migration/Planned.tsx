/** A migration as it is planned: what it would do now, the mapping that may be changed, and having it done. */
import { useCallback, useMemo, useState } from 'react';
import { askToMigrate, mappingOf, migrateAll, previewMigration } from '../../api/migration';
import type { Mapping, MigrationPreview } from '../../api/migration';
import { formatNumber } from '../../dates/format';
import { namesOf, type Names } from '../../diagram/names';
import { getXml } from '../../api/definitions';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { DoneToMany } from '../../parts/foreseen/DoneToMany';
import { Foreseen } from '../../parts/foreseen/Foreseen';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { Differences } from './Differences';
import { MappingTable } from './MappingTable';

export function Planned({ from, to }: { from: string; to: string }) {
  const [chosen, setChosen] = useState<Mapping | null>(null);
  // what was seen last stays while a changed mapping is looked into
  const [seen, setSeen] = useState<MigrationPreview | null>(null);
  const names = useResource(useCallback(async () => namesOf(await getXml(to)), [to]));
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const preview = await previewMigration(from, to, chosen, signal);
        setSeen(preview);
        return preview;
      },
      [from, to, chosen],
    ),
  );
  const preview = found.data ?? seen;
  return (
    <>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!preview && !found.error && <Loading />}
      {preview && (
        <Shown
          preview={preview}
          names={names.data ?? {}}
          current={found.data !== undefined}
          mapping={chosen ?? mappingOf(preview)}
          onMap={setChosen}
          reload={found.reload}
        />
      )}
    </>
  );
}

interface Props {
  preview: MigrationPreview;
  /** of the elements of the version that cases go to */
  names: Names;
  /** whether it is of the mapping that is chosen now */
  current: boolean;
  /** as it is chosen now; what it would do may still be looked into */
  mapping: Mapping;
  onMap: (mapping: Mapping) => void;
  reload: () => void;
}

function Shown({ preview, names, current, mapping, onMap, reload }: Props) {
  const { language, pick, t } = useI18n();
  const { source, target, cases } = preview;
  const number = (value: number) => formatNumber(value, language);
  const left = useMemo(
    () => ({
      active: preview.mapping.filter(({ active }) => active > 0).map(({ sourceElementId }) => sourceElementId),
      taken: [],
      counts: Object.fromEntries(preview.mapping.map(({ sourceElementId, active }) => [sourceElementId, active])),
    }),
    [preview],
  );
  const entered = useMemo(() => {
    const counts: Record<string, number> = {};
    for (const { targetElementId: aim, active } of preview.mapping) {
      if (aim !== null && active > 0) counts[aim] = (counts[aim] ?? 0) + active;
    }
    return { active: Object.keys(counts), taken: [], counts };
  }, [preview]);
  const texts = new Map(preview.mapping.map((pair) => [pair.sourceElementId, pair.name]));
  const plan = [source.processDefinitionKey, target.processDefinitionKey, mapping] as const;
  const name = pick(source.name.th, source.name.en) || source.processDefinitionId;
  const later = pick(target.name.th, target.name.en) || target.processDefinitionId;
  return (
    <>
      <section className="card" aria-labelledby="migration-result" aria-busy={!current}>
        <h2 id="migration-result">{t('migration.result')}</h2>
        <Foreseen
          cases={cases}
          faults={preview.faults}
          none={t('migration.noCases')}
          called={(id) => pick(texts.get(id)?.th, texts.get(id)?.en) || id}
        />
        <DoneToMany
          cases={cases}
          secondPerson={preview.secondPerson}
          action={t('migration.start')}
          isDisabled={!current}
          begin={(reason) => migrateAll(...plan, reason)}
          ask={(reason, told) => askToMigrate(...plan, reason, told)}
          reload={reload}
        >
          <p>
            {t('migration.will', {
              n: number(cases.total),
              from: number(source.version),
              to: number(target.version),
            })}
          </p>
        </DoneToMany>
      </section>
      <Differences source={source} target={target} />
      <MappingTable preview={preview} mapping={mapping} names={names} onMap={onMap} />
      <div className="migration-diagrams">
        {(
          [
            ['migration.left', source, name, left],
            ['migration.entered', target, later, entered],
          ] as const
        ).map(([label, version, title, marks]) => (
          <section key={label} className="card" aria-labelledby={label}>
            <h2 id={label}>{t(label, { version: number(version.version) })}</h2>
            <CaseDiagram
              definitionKey={version.processDefinitionKey}
              name={`${title} ${number(version.version)}`}
              marks={marks}
            />
          </section>
        ))}
      </div>
    </>
  );
}
