import { useI18n } from '../../i18n';
import * as ext from '../extensions';
import type { Create, Moddle } from '../moddle';
import type { DraftParts } from '../parts';
import * as timing from '../timing';
import { Deadlines } from './Deadlines';
import { Duties } from './Duties';
import { Reminders } from './Reminders';

interface Props {
  /** a process, a sub-process or a task */
  element: Moddle;
  parts: DraftParts;
  create: Create;
  onChange: (extensionElements: Moddle) => void;
}

/** Clocks of the law, who is reminded, and who must not perform a task, as far as the element has them. */
export function Timing({ element, parts, create, onChange }: Props) {
  const { t } = useI18n();
  const process = timing.processOf(element);
  const task = element.$instanceOf('bpmn:UserTask');
  const clocks = !element.$instanceOf('bpmn:Activity') || element.$instanceOf('bpmn:SubProcess');
  const id = element.get('id');
  const deadlines = timing.deadlinesOf(element);
  return (
    <>
      {clocks && (
        <>
          <h3>{t('timing.deadlines')}</h3>
          <Deadlines
            deadlines={deadlines}
            around={{
              elementId: element.$instanceOf('bpmn:Process')
                ? (timing.nodesOf(element, 'bpmn:StartEvent')[0]?.id ?? '')
                : (id ?? ''),
              nodes: process ? timing.nodesOf(process, 'bpmn:Activity') : [],
              fields: parts.forms.flatMap(({ fields }) => fields),
            }}
            fresh={() =>
              ext.freshId(
                'dl',
                element,
                deadlines.map((each) => each.id),
              )
            }
            onChange={(value) => onChange(timing.withDeadlines(element, value, create))}
          />
        </>
      )}
      {(task || clocks) && (
        <>
          <h3>{t('timing.reminders')}</h3>
          <Reminders
            reminders={timing.remindersOf(element)}
            deadlines={ext.deadlinesAround(element)}
            onChange={(value) => onChange(timing.withReminders(element, value, create))}
          />
        </>
      )}
      {task && (
        <>
          <h3>{t('timing.duties')}</h3>
          <Duties
            duties={timing.dutiesOf(element)}
            others={process ? timing.nodesOf(process, 'bpmn:UserTask').filter((each) => each.id !== id) : []}
            onChange={(value) => onChange(timing.withDuties(element, value, create))}
          />
        </>
      )}
    </>
  );
}
