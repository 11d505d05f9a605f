/** Which element becomes which: as it was proposed, and changed by hand. Where cases stand comes first. */
import { useState } from 'react';
import { type Mapping, type MigrationPair, type MigrationPreview } from '../../api/migration';
import { formatNumber } from '../../dates/format';
import { nameOf, type Names } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';

interface Props {
  preview: MigrationPreview;
  /** as it is chosen now: the arrow keys go on from there, whatever the server is still looking into */
  mapping: Mapping;
  names: Names;
  onMap: (mapping: Mapping) => void;
}

export function MappingTable({ preview, mapping, names, onMap }: Props) {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const standing = preview.mapping.filter(({ active }) => active > 0);
  const others = preview.mapping.filter(({ active }) => active === 0);
  const shown = all ? [...standing, ...others] : standing;
  const change = (id: string, aim: string) => {
    const changed = new Map(mapping);
    if (aim) changed.set(id, aim);
    else changed.delete(id);
    onMap(changed);
  };
  return (
    <section className="card" aria-labelledby="migration-mapping">
      <h2 id="migration-mapping">{t('migration.mapping')}</h2>
      <p className="muted small">{t('migration.mappingWhat')}</p>
      {shown.length > 0 && (
        <table className="task-table" aria-labelledby="migration-mapping">
          <thead>
            <tr>
              <th scope="col">{t('migration.element')}</th>
              <th scope="col">{t('migration.standing')}</th>
              <th scope="col">{t('migration.becomes')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((pair) => (
              <Row
                key={pair.sourceElementId}
                pair={pair}
                aim={mapping.get(pair.sourceElementId) ?? ''}
                names={names}
                onChange={change}
              />
            ))}
          </tbody>
        </table>
      )}
      {others.length > 0 && (
        <Button small onPress={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'migration.onlyStanding' : 'migration.allElements')}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  pair: MigrationPair;
  /** what it becomes; nothing: '' */
  aim: string;
  names: Names;
  onChange: (id: string, aim: string) => void;
}

function Row({ pair, aim, names, onChange }: RowProps) {
  const { language, pick, t } = useI18n();
  const name = pick(pair.name.th, pair.name.en) || pair.sourceElementId;
  return (
    <tr>
      <th scope="row" className="migration-element">
        {name}
        {name !== pair.sourceElementId && <div className="muted small">{pair.sourceElementId}</div>}
      </th>
      <td>{formatNumber(pair.active, language)}</td>
      <td className="field">
        <select
          aria-label={t('migration.becomesOf', { name })}
          value={aim}
          onChange={(event) => onChange(pair.sourceElementId, event.target.value)}
        >
          <option value="">{t('migration.nothing')}</option>
          {pair.possible.map((id) => (
            <option key={id} value={id}>
              {nameOf(names, id, pick)}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}
