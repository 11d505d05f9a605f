/** Moving a case by hand, in English. */
import type { modificationTh } from './modification.th';

export const modificationEn: Record<keyof typeof modificationTh, string> = {
  'modification.title': 'Move the case by hand',
  'modification.what':
    'Click a step where the case waits to end it, and another step to let the case go on there; or choose from the lists below.',
  'modification.notActive': 'This case does not run, so it cannot be moved.',
  'modification.notYours': 'Only owners of the process may move its cases.',
  'modification.ends': 'End where the case waits',
  'modification.end': 'End “{name}”',
  'modification.nowhere': 'The case waits nowhere.',
  'modification.begins': 'Let the case go on at',
  'modification.place': 'Step',
  'modification.choose': 'Choose a step',
  'modification.order': 'What will be done',
  'modification.nothing': 'Nothing is chosen yet.',
  'modification.willEnd': 'End “{name}”, without going on from there',
  'modification.willBegin': 'Begin “{name}”',
  'modification.nothingLeft': 'Nothing would be left of the case: it would be cancelled.',
  'modification.do': 'Move the case',
  'modification.mark.end': 'end',
  'modification.mark.begin': 'go on',
};
