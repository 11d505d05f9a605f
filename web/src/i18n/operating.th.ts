/** What those read who keep the service going, in Thai: its health, incidents, operations, migrated and moved cases. */
import { healthTh } from './health.th';
import { incidentsTh } from './incidents.th';
import { migrationTh } from './migration.th';
import { modificationTh } from './modification.th';
import { operationsTh } from './operations.th';

export const operatingTh = {
  ...healthTh,
  ...incidentsTh,
  ...migrationTh,
  ...modificationTh,
  ...operationsTh,
} as const;
