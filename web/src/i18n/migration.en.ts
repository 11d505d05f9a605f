/** Migrating cases to another version, in English. */
import type { migrationTh } from './migration.th';

export const migrationEn: Record<keyof typeof migrationTh, string> = {
  'migration.title': 'Migrate cases to another version',
  'migration.what': 'Let running cases go on along another version of the diagram. Looking first changes nothing.',
  'migration.choose': 'Choose process and versions',
  'migration.chooseProcess': 'Choose a process',
  'migration.chooseVersion': 'Choose a version',
  'migration.from': 'From version',
  'migration.to': 'To version',
  'migration.version': 'Version {version} ({n} cases)',
  'migration.oneVersion': 'This process has one version, so there is none to go to.',
  'migration.notYours': 'Only owners of the process may migrate its cases.',
  'migration.result': 'What would happen',
  'migration.noCases': 'No case runs in this version.',
  'migration.differences': 'What differs in the other version',
  'migration.mapping': 'Which step becomes which',
  'migration.mappingWhat':
    'Proposed by the ids and types of the steps. You may change it; what would happen is worked out anew at once.',
  'migration.element': 'Step now',
  'migration.standing': 'Waiting there',
  'migration.becomes': 'Goes to',
  'migration.becomesOf': '“{name}” goes to',
  'migration.nothing': 'Nowhere',
  'migration.allElements': 'Show all steps',
  'migration.onlyStanding': 'Show only steps where cases wait',
  'migration.left': 'Diagram now: version {version}',
  'migration.entered': 'Diagram afterwards: version {version}',
  'migration.start': 'Migrate the cases',
  'migration.will': '{n} running cases go from version {from} to version {to}, one after the other.',
  'migration.link': 'Migrate cases',
};
