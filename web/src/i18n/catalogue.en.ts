import type { catalogueTh } from './catalogue.th';

/** The catalogue of processes to start, in English. */
export const catalogueEn: Record<keyof typeof catalogueTh, string> = {
  'catalogue.search': 'Search processes',
  'catalogue.searchHint': 'Name, purpose or owning unit',
  'catalogue.unit': 'Owning unit',
  'catalogue.anyUnit': 'All units',
  'catalogue.noUnit': 'No unit stated',
  'catalogue.favourites': 'Favourites',
  'catalogue.recent': 'What you started last',
  'catalogue.lastStarted': 'last started {date}',
  'catalogue.favourite': 'Keep “{name}” among the favourites',
  'catalogue.added': '“{name}” is among your favourites',
  'catalogue.removed': '“{name}” is no favourite any more',
  'catalogue.duration': 'Expected duration',
  'catalogue.past': 'about {length} (median of {n} finished cases)',
  'catalogue.standard': '{length} (standard times along the longest path)',
  'catalogue.unknown': 'Not known yet',
  'catalogue.needs': 'What you will need',
  'catalogue.needsNothing': 'No form to fill in',
  'catalogue.needsCount': 'Fields: {n}',
  'catalogue.needsFiles': 'Files: {n}',
  'catalogue.file': 'file',
  'catalogue.required': 'required',
  'catalogue.participants': 'Who takes part',
  'catalogue.about': 'About this process',
  'catalogue.owner': 'Owner of the process',
  'catalogue.diagram': 'Show the diagram',
  'catalogue.none': 'No process fits the search',
  'catalogue.clear': 'Show all',
  'catalogue.emptyHint':
    'The right to start cases comes with the groups you belong to. If you should have it, tell an administrator.',
};
