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
import { getXml } from '../../api/definitions';
import { useLive } from '../../api/events';
import type {
  ControlPoint,
  DeadlineDetails,
  ElementInstance,
  ElementStatistics,
  ProcessInstance,
  ProcessInstanceKey,
} from '../../api/types';
import { namesOf, type Names } from '../../diagram/names';
import { useResource } from '../../ui/useResource';

export interface CaseContent {
  item: ProcessInstance;
  active: ElementInstance[];
  taken: string[];
  statistics: ElementStatistics[];
  deadlines: DeadlineDetails[];
  points: ControlPoint[];
  names: Names;
}

export function useCase(key: ProcessInstanceKey) {
  const content = useResource(
    useCallback(
      async (signal: AbortSignal): Promise<CaseContent> => {
        const item = await getCase(key, signal);
        const [active, taken, statistics, deadlines, points, xml] = await Promise.all([
          getActiveElements(key, signal),
          getTakenFlows(key, signal),
          getElementStatistics(key, signal),
          getDeadlines(key, signal),
          getCaseControlPoints(key, signal),
          getXml(item.processDefinitionKey).catch(() => ''),
        ]);
        return { item, active, taken, statistics, deadlines, points, names: namesOf(xml) };
      },
      [key],
    ),
  );
  const { reload } = content;
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === key, reload);
  return { content, reload };
}
