/** Event logs, evidence, and what else auditors use; see auditing.th.ts. */
import type { auditingTh } from './auditing.th';

export const auditingEn: Record<keyof typeof auditingTh, string> = {
  'auditing.log': 'Event log for process mining',
  'auditing.log.hint':
    'Tells which steps each case took, when and by whom; nothing of what cases hold. For process mining programs.',
  'auditing.log.format': 'Format',
  'auditing.log.format.xes': 'XES (IEEE 1849)',
  'auditing.log.format.ocel': 'OCEL 2.0 (JSON)',
  'auditing.log.names': 'User names in place of pseudonyms',
  'auditing.log.save': 'Download the event log',
  'auditing.log.saved': 'Downloaded; the audit log tells of it',
};
