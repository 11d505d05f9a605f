import type { drawingTh } from './drawing.th';

export const drawingEn: Record<keyof typeof drawingTh, string> = {
  'drawing.title': 'Drawing',
  'drawing.after': 'What follows',
  'drawing.flow': 'A flow to a step that is there',
  'drawing.remove': 'Remove from the diagram',
  'drawing.UserTask': 'Task of a person',
  'drawing.ExclusiveGateway': 'One way of several',
  'drawing.ParallelGateway': 'All ways at once',
  'drawing.BusinessRuleTask': 'Task decided by a table',
  'drawing.CallActivity': 'Another process',
  'drawing.SubProcess': 'Sub-process',
  'drawing.EndEvent': 'End',
};
