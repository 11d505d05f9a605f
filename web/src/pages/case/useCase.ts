/** What the case page shows besides the history; read again whenever an event concerns the case. */
import { useCallback } from 'react';
import {
  getActiveElements,
  getCase,
  getCaseControlPoints,
  getDeadlines,
  getElementStatistics,
  getTakenFlows,
} from '../../api/cases';
import { getFacts } from '../../api/definitions';
import { useLive } from '../../api/events';
import type {
  ControlPoint,
  Deadline,
  ElementInstance,
  ElementStatistics,
  ProcessInstance,
  ProcessInstanceKey,
  Texts,
} from '../../api/types';
import { useResource } from '../../ui/useResource';

export interface CaseContent {
  item: ProcessInstance;
  active: ElementInstance[];
  taken: string[];
  statistics: ElementStatistics[];
  deadlines: Deadline[];
  points: ControlPoint[];
  /** names of the steps in both languages, by element id */
  names: Record<string, Texts>;
}

export function useCase(key: ProcessInstanceKey) {
  const content = useResource(
    useCallback(
      async (signal: AbortSignal): Promise<CaseContent> => {
        const item = await getCase(key, signal);
        const [active, taken, statistics, deadlines, points, facts] = await Promise.all([
          getActiveElements(key, signal),
          getTakenFlows(key, signal),
          getElementStatistics(key, signal),
          getDeadlines(key, signal),
          getCaseControlPoints(key, signal),
          getFacts(item.processDefinitionKey, signal).catch(() => null),
        ]);
        const names = Object.fromEntries(facts?.steps.map((step) => [step.elementId, step.name]) ?? []);
        return { item, active, taken, statistics, deadlines, points, names };
      },
      [key],
    ),
  );
  const { reload } = content;
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === key, reload);
  return { content, reload };
}
