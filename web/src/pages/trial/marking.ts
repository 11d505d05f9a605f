/** What is drawn on a diagram of what cases went through. */
import type { Taken } from '../../api/draftTrials';
import type { Marks } from '../../diagram/marks';
import { nameOf, type Names } from '../../diagram/names';
import type { Ends } from '../heat/flowEnds';

type Pick = (thai: string | null | undefined, english: string | null | undefined) => string;

interface Drawn {
  taken: readonly Taken[];
  waiting: readonly string[];
  missed?: readonly string[];
}

/** Flows that were taken, how often each node was gone through, where cases wait. */
export function marksOf({ taken, waiting, missed = [] }: Drawn, processes: readonly string[], ends: Ends): Marks {
  const counts: Record<string, number> = {};
  const flows = new Set<string>();
  for (const { processDefinitionId, elementId, count } of taken) {
    if (!processes.includes(processDefinitionId) || processes.includes(elementId)) continue;
    if (ends[elementId]) flows.add(elementId);
    else counts[elementId] = (counts[elementId] ?? 0) + count;
  }
  return { active: [...new Set(waiting)], taken: [...flows], counts, missed };
}

/** What people call a node; a flow by what it leads from and to. */
export function elementName(id: string, names: Names, ends: Ends, pick: Pick): string {
  const flow = ends[id];
  if (!flow) return nameOf(names, id, pick);
  const own = names[id] ? ` (${nameOf(names, id, pick)})` : '';
  return `${nameOf(names, flow.source, pick)} → ${nameOf(names, flow.target, pick)}${own}`;
}
