/** English texts about common patterns that are put into diagrams; see pattern.th.ts. */
import type { patternTh } from './pattern.th';

export const patternEn: Record<keyof typeof patternTh, string> = {
  'pattern.do': 'Insert a pattern',
  'pattern.hint':
    'It is put into the chosen flow, or after the chosen step, and the diagram is laid out anew. Names, performers, forms and times can be changed afterwards.',
  'pattern.at': 'Place: {name}',
  'pattern.which': 'Pattern',
  'pattern.put': 'Insert',
  'pattern.done': 'The pattern is put in, and the diagram laid out anew',
  'pattern.takeBack': 'Take the pattern out',
  'pattern.takenBack': 'The pattern is taken out',
  'pattern.notSaved': 'The diagram could not be saved, so no pattern was put in',
};
