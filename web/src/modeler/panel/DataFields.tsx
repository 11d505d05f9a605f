import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import * as data from '../data';
import type { Editor, Shape } from '../editor';
import type { Moddle } from '../moddle';
import { Committed } from './Committed';
import { Expression } from './Expression';
import { Mappings } from './Mappings';
import { Value } from './Value';

interface Props {
  editor: Editor;
  shape: Shape;
  onChange: (extensionElements: Moddle) => void;
}

const SAMPLES = { days: 'P15D', hours: 'PT72H', moment: '2026-10-01T08:30:00+07:00', cycle: 'R3/PT24H' };

/** When a timer fires, what a script computes, and what goes into an activity or event and out of it. */
export function DataFields({ editor, shape, onChange }: Props) {
  const { t } = useI18n();
  const element = shape.businessObject;
  const elementId = element.get('id') ?? '';
  const timer = data.timerOf(element);
  const script = element.$instanceOf('bpmn:ScriptTask') ? data.scriptOf(element) : null;
  const mapped = element.$instanceOf('bpmn:Activity') || element.$instanceOf('bpmn:Event');
  const set = (kind: data.Timer['kind'], value: string) =>
    timer && editor.changeInside(shape, timer.definition, data.timerProperties(kind, value, editor.create));
  return (
    <>
      {timer && (
        <>
          <Choice
            label={t('timer.kind')}
            value={timer.kind}
            options={data.TIMINGS.map((value) => ({ value, label: t(`timer.${value}`) }))}
            onChange={(kind) => set(kind, timer.value)}
          />
          <Value
            label={t('timer.value')}
            hint={t(`timer.hint.${timer.kind}`, SAMPLES)}
            value={timer.value}
            elementId={elementId}
            onCommit={(value) => set(timer.kind, value)}
          />
        </>
      )}
      {script && (
        <>
          <Expression
            label={t('script.expression')}
            value={script.expression}
            elementId={elementId}
            onCommit={(expression) => onChange(data.withScript(element, { ...script, expression }, editor.create))}
          />
          {script.expression && (
            <Committed
              label={t('called.result')}
              value={script.resultVariable}
              maxLength={256}
              onCommit={(resultVariable) =>
                onChange(data.withScript(element, { ...script, resultVariable }, editor.create))
              }
            />
          )}
        </>
      )}
      {mapped && (
        <Mappings
          mappings={data.mappingsOf(element)}
          elementId={elementId}
          onChange={(mappings) => onChange(data.withMappings(element, mappings, editor.create))}
        />
      )}
    </>
  );
}
