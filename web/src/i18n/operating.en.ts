/** What those read who keep the service going, in English: its health, incidents, operations, migrated and moved cases. */
import { healthEn } from './health.en';
import { incidentsEn } from './incidents.en';
import { migrationEn } from './migration.en';
import { modificationEn } from './modification.en';
import { operationsEn } from './operations.en';

export const operatingEn = {
  ...healthEn,
  ...incidentsEn,
  ...migrationEn,
  ...modificationEn,
  ...operationsEn,
};
