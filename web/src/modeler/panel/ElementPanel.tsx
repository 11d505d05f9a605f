/** What the chosen element says beside its drawing, to be read and changed; each change is one step that can be undone. */
import { useI18n } from '../../i18n';
import { begins } from '../data';
import type { Editor, Shape } from '../editor';
import * as ext from '../extensions';
import type { Moddle } from '../moddle';
import type { DraftParts } from '../parts';
import { processOf } from '../timing';
import { BothTexts } from './BothTexts';
import { Called } from './Called';
import { DataFields } from './DataFields';
import { DrawnHere } from './DrawnHere';
import { FlowCondition } from './FlowCondition';
import { FormLink } from './FormLink';
import { Performers } from './Performers';
import { Points } from './Points';
import { Risks } from './Risks';
import { StepFields } from './StepFields';
import { Timing } from './Timing';

interface Props {
  editor: Editor;
  shape: Shape;
  parts: DraftParts;
}

export function ElementPanel({ editor, shape, parts }: Props) {
  const { t } = useI18n();
  const element = shape.businessObject;
  const id = element.get('id') ?? '';
  if (element.$instanceOf('bpmn:Collaboration')) {
    return (
      <section className="card" aria-label={t('panel.title')}>
        <p className="muted">{t('panel.nothing')}</p>
      </section>
    );
  }
  return (
    // what is being typed belongs to the element: another element has fields of its own
    <section key={shape.id} className="card" aria-labelledby="panel-title">
      <h2 id="panel-title">{t('panel.title')}</h2>
      <p className="muted small">{id}</p>
      <BothTexts
        label={t('panel.name')}
        multiline={false}
        value={{ th: element.get('name') ?? null, en: ext.englishOf(element) || null }}
        onCommit={({ th, en }) => rename(editor, shape, th, en)}
      />
      {element.$instanceOf('bpmn:SequenceFlow') && <FlowCondition editor={editor} shape={shape} />}
      {element.$instanceOf('bpmn:Process') && (
        <Timing
          element={element}
          parts={parts}
          create={editor.create}
          onChange={(extensionElements) => editor.change(shape, { extensionElements })}
        />
      )}
      {element.$instanceOf('bpmn:Participant') && <OfPool editor={editor} shape={shape} parts={parts} />}
      {element.$instanceOf('bpmn:FlowNode') && <OfNode editor={editor} shape={shape} parts={parts} />}
      <BothTexts
        label={t('panel.documentation')}
        value={ext.documentationOf(element)}
        onCommit={(texts) => editor.change(shape, { documentation: ext.documentation(texts, editor.create) })}
      />
      {(element.$instanceOf('bpmn:FlowElement') || element.$instanceOf('bpmn:Artifact')) && (
        <DrawnHere editor={editor} shape={shape} />
      )}
    </section>
  );
}

function rename(editor: Editor, shape: Shape, th: string | null, en: string | null): void {
  const element = shape.businessObject;
  const english = en ?? '';
  editor.change(shape, {
    ...((element.get('name') ?? '') !== (th ?? '') && { name: th ?? undefined }),
    ...(ext.englishOf(element) !== english && {
      extensionElements: ext.withEnglish(element, english, editor.create),
    }),
  });
}

/** What a pool says is about the process in it; a pool that only receives messages has none. */
function OfPool({ editor, shape, parts }: Props) {
  const process = shape.businessObject.get<Moddle | undefined>('processRef');
  if (!process) return null;
  return (
    <Timing
      element={process}
      parts={parts}
      create={editor.create}
      onChange={(extensionElements) => editor.changeInside(shape, process, { extensionElements })}
    />
  );
}

function OfNode({ editor, shape, parts }: Props) {
  const { t } = useI18n();
  const element = shape.businessObject;
  const extend = (extensionElements: Moddle) => editor.change(shape, { extensionElements });
  const performed = element.$instanceOf('bpmn:UserTask');
  const activity = element.$instanceOf('bpmn:Activity');
  const formId = ext.formOf(element);
  const risks = ext.risksOf(element);
  const points = ext.pointsOf(element);
  const link = (performed || begins(element)) && (
    <FormLink
      formId={formId}
      forms={parts.forms}
      element={{
        process: processOf(element)?.get('id') ?? '',
        id: element.get('id') ?? '',
        name: { th: element.get('name') ?? null, en: ext.englishOf(element) || null },
      }}
      onChange={(value) => extend(ext.withForm(element, value, editor.create))}
    />
  );
  return (
    <>
      {!performed && link}
      {activity && (
        <StepFields
          step={ext.stepOf(element)}
          onChange={(changes) => extend(ext.withStep(element, changes, editor.create))}
        />
      )}
      {(element.$instanceOf('bpmn:BusinessRuleTask') || element.$instanceOf('bpmn:CallActivity')) && (
        <Called element={element} decisions={parts.decisions} create={editor.create} onChange={extend} />
      )}
      {performed && (
        <>
          <h3>{t('panel.groups')}</h3>
          <Performers
            value={ext.candidatesOf(element)}
            elementId={element.get('id') ?? ''}
            onChange={(value) => extend(ext.withCandidates(element, value, editor.create))}
          />
          {link}
          <h3>{t('panel.points')}</h3>
          <Points
            points={points}
            evidence={{
              elementId: element.get('id') ?? '',
              fields: parts.forms.find((form) => form.formId === formId)?.fields ?? [],
              decisions: parts.decisions,
              deadlines: ext.deadlinesAround(element),
            }}
            fresh={() =>
              ext.freshId(
                'cp',
                element,
                points.map(({ id }) => id),
              )
            }
            onChange={(value) => extend(ext.withPoints(element, value, editor.create))}
          />
        </>
      )}
      {activity && (
        <>
          <h3>{t('panel.risks')}</h3>
          <Risks
            risks={risks}
            fresh={() =>
              ext.freshId(
                'r',
                element,
                risks.map(({ id }) => id),
              )
            }
            onChange={(value) => extend(ext.withRisks(element, value, editor.create))}
          />
        </>
      )}
      {(performed || element.$instanceOf('bpmn:SubProcess')) && (
        <Timing element={element} parts={parts} create={editor.create} onChange={extend} />
      )}
      <DataFields editor={editor} shape={shape} onChange={extend} />
    </>
  );
}
