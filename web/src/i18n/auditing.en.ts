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
  'auditing.evidence': 'Evidence',
  'auditing.verify': 'Verify that nobody changed the history',
  'auditing.verify.start': 'Verify the history of this case',
  'auditing.verify.whole': 'The history is whole: {n} events checked, none was changed',
  'auditing.verify.broken': 'The history was changed, from event {n} on. Tell the administrator, and keep the backups',
  'auditing.verify.signed': 'The first {n} events are those that the service signed in checkpoint {number}, {date}',
  'auditing.verify.differs':
    'The first {n} events are not those that the service signed in checkpoint {number}, {date}',
  'auditing.verify.unsigned': 'No signed checkpoint covers this case yet; the service makes one every few minutes',
  'auditing.verify.checked': 'What was checked',
  'auditing.verify.checkedText':
    'Each event keeps a code (hash) made from the event and from the code before it. All of them were made anew from the first event on, and compared with those kept and with the latest checkpoint.',
  'auditing.verify.proves': 'What it proves',
  'auditing.verify.provesText':
    'No event was changed, inserted, moved or removed after it was written: even one letter would make every later code another one.',
  'auditing.verify.not': 'What it does not prove',
  'auditing.verify.notText':
    'It does not prove that what was filled in is true. And whoever can change both the database and the checkpoints beside it could make them all anew: verify against checkpoints kept elsewhere, with krabuan_verify.',
  'auditing.bundle': 'The case as evidence',
  'auditing.bundle.hint':
    'A signed archive with a summary as PDF, data, history, diagrams, forms and decision tables. Whoever gets it can verify it without this service.',
  'auditing.bundle.names': 'With names and documents',
  'auditing.bundle.named':
    'It discloses names, personal data and all documents that you may read: give it only to those entitled to them.',
  'auditing.bundle.pseudonyms': 'People by pseudonyms, personal data sealed, without the case number and documents.',
  'auditing.bundle.save': 'Download the evidence',
  'auditing.bundle.making': 'Making the evidence…',
  'auditing.bundle.saved': 'Downloaded; the audit log tells of it',
  'variants.title': 'Paths that cases really took',
  'variants.link': 'Variants',
  'variants.cases': '{n} cases ended in {period}, by {variants} paths',
  'variants.none': 'No case of this version ended in the period. Try another period or version.',
  'variants.others': 'and {n} rarer paths, of {cases} cases together',
  'variants.list': 'Table of paths',
  'variants.path': 'Path',
  'variants.number': 'Path {n}',
  'variants.repeated': 'repeated',
  'variants.noStep': 'no task',
  'variants.share': 'Share (cases)',
  'variants.median': 'Duration (median)',
  'variants.late': 'With a late step',
  'variants.missed': 'Missed a deadline',
  'variants.canceled': 'Ended early',
  'variants.diagram': 'The path on the diagram',
  'variants.diagramHint': 'As the latest case of this path took it; the figures are how often each step was done',
  'variants.behind': 'Cases that took this path',
  'variants.latest': 'The latest {n}',
};
