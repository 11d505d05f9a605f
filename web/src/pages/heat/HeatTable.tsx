/** The heat of a version in figures: for who reads tables, and as a file for spreadsheets. */
import { useCallback } from 'react';
import { getXml } from '../../api/definitions';
import type { Heat } from '../../api/heat';
import { saveTable } from '../../api/save';
import { formatNumber } from '../../dates/format';
import { namesOf, nameOf } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { useResource } from '../../ui/useResource';
import { officeText } from '../reports/Times';
import { asCsv } from './csv';
import { endsOf } from './flowEnds';

const COLUMNS = ['completed', 'canceled', 'active', 'waiting', 'working', 'counted', 'late'] as const;

export function HeatTable({ heat }: { heat: Heat }) {
  const { language, pick, t } = useI18n();
  const announce = useAnnounce();
  const key = heat.processDefinitionKey;
  const xml = useResource(useCallback(() => getXml(key), [key]));
  const names = namesOf(xml.data ?? '');
  const ends = endsOf(xml.data ?? '');
  const flowName = (id: string) => {
    const flow = ends[id];
    if (!flow) return id;
    const own = names[id] ? ` (${nameOf(names, id, pick)})` : '';
    return `${nameOf(names, flow.source, pick)} → ${nameOf(names, flow.target, pick)}${own}`;
  };
  const rows = heat.elements.map((element) => ({
    id: element.elementId,
    name: pick(element.name.th, element.name.en) || element.elementId,
    figures: [
      element.completed,
      element.canceled,
      element.active,
      element.officeWaiting.medianSeconds,
      element.officeWorking.medianSeconds,
      element.counted,
      element.late,
    ],
  }));
  const flows = heat.flows.map(({ elementId, taken }) => ({ id: elementId, name: flowName(elementId), taken }));
  function save() {
    const head = ['id', t('heat.element'), ...COLUMNS.map((column) => t(`heat.csv.${column}`))];
    const body = rows.map(({ id, name, figures }) => [id, name, ...figures]);
    saveTable(asCsv([head, ...body, ...flows.map(({ id, name, taken }) => [id, name, taken])]), `heat-${key}.csv`);
    announce(t('reports.saved'));
  }
  if (rows.length === 0) return <p className="card">{t('heat.none')}</p>;
  const shown = (figure: number | null, column: number) => {
    if (figure === null) return '–';
    const timed = COLUMNS[column] === 'waiting' || COLUMNS[column] === 'working';
    return timed ? officeText(figure, language, t) : formatNumber(figure, language);
  };
  return (
    <section className="card" aria-labelledby="heat-table">
      <h2 id="heat-table">{t('heat.table')}</h2>
      <Button onPress={save}>{t('reports.csv')}</Button>
      {/* wider than a telephone: who has no mouse scrolls it with the keys */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="heat-scroll" role="group" aria-labelledby="heat-table" tabIndex={0}>
        <table className="task-table">
          <thead>
            <tr>
              <th scope="col">{t('heat.element')}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`heat.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, figures }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {figures.map((figure, column) => (
                  <td key={COLUMNS[column]}>{shown(figure, column)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t('heat.flows')}</h3>
      <ul className="plain-list heat-flows">
        {flows.map(({ id, name, taken }) => (
          <li key={id}>
            {name}: <strong>{formatNumber(taken, language)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
