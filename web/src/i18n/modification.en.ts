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
  'moving.title': 'Move many cases by hand',
  'moving.what':
    'Let the cases that wait at one step go on at another one, all at once. Looking first changes nothing.',
  'moving.choose': 'Choose process and version',
  'moving.chooseSteps': 'Choose the steps',
  'moving.version': 'Version',
  'moving.source': 'From the step',
  'moving.target': 'To go on at',
  'moving.standing': '{name} ({n} waiting)',
  'moving.nobody': 'No case waits anywhere in this version, so there is none to move.',
  'moving.pick':
    'Click a step where cases wait, then the step where they go on; or choose from the lists above. The figures are how many wait.',
  'moving.diagram': 'Diagram of the process',
  'moving.result': 'What would happen',
  'moving.noCases': 'No case waits at this step any more.',
  'moving.do': 'Move the cases',
  'moving.will': '{n} cases leave “{from}” without going on from there, and begin “{to}”, one after the other.',
  'moving.own': 'Tasks that people have claimed there leave their inboxes. The data of the cases stay.',
};
