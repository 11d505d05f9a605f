/** Where the case stands, in the diagram and in words. */
import { useCallback, useMemo } from 'react';
import { getActiveElements, getTakenFlows } from '../../api/cases';
import { getXml } from '../../api/definitions';
import { useLive } from '../../api/events';
import type { UserTask } from '../../api/types';
import { nameOf, namesOf } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { isOpen, processName } from '../../ui/taskNames';
import { useResource } from '../../ui/useResource';
import { NextSteps } from './NextSteps';

export function Position({ task }: { task: UserTask }) {
  const { pick, t } = useI18n();
  const { processInstanceKey: instance, processDefinitionKey: definition } = task;
  const position = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [active, taken, xml] = await Promise.all([
          getActiveElements(instance, signal),
          getTakenFlows(instance, signal),
          getXml(definition).catch(() => ''),
        ]);
        return { active, taken, names: namesOf(xml) };
      },
      [instance, definition],
    ),
  );
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === instance, position.reload);
  const marks = useMemo(() => {
    const active = position.data?.active.map((element) => element.elementId) ?? [];
    // the task's own place first: there the diagram opens
    const own = active.filter((id) => id === task.elementId);
    return {
      active: [...own, ...active.filter((id) => id !== task.elementId)],
      taken: position.data?.taken ?? [],
      counts: {},
    };
  }, [position.data, task.elementId]);
  const waiting =
    position.data?.active.map(({ elementId, elementName }) =>
      nameOf(position.data?.names ?? {}, elementId, pick, elementName),
    ) ?? [];
  return (
    <section className="card not-on-paper" aria-labelledby="position-title">
      <h2 id="position-title">{t('task.diagram')}</h2>
      {waiting.length > 0 && (
        <p>
          {t('case.legendActive')}: {[...new Set(waiting)].join(' · ')}
        </p>
      )}
      {isOpen(task) && <NextSteps taskKey={task.userTaskKey} />}
      <CaseDiagram definitionKey={task.processDefinitionKey} name={processName(task, pick)} marks={marks} near />
    </section>
  );
}
