import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import * as ext from '../../src/modeler/extensions';
import { PACKAGES, type Create, type Moddle } from '../../src/modeler/moddle';

const FOLDER = join(import.meta.dirname, '../../../processes');
const diagrams = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.bpmn'));
const moddle = new BpmnModdle(PACKAGES);
const create: Create = (type, properties) => moddle.create(type, properties);

/** How often each element of our namespace, and each of its attributes, stands in a file. */
function said(xml: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, name = '', attributes = ''] of xml.matchAll(/<(krabuan:\w+)((?:\s+[\w:]+="[^"]*")*)\s*\/?>/g)) {
    for (const one of [name, ...[...attributes.matchAll(/[\w:]+(?==")/g)].map(([each]) => `${name} ${each}`)])
      counts[one] = (counts[one] ?? 0) + 1;
  }
  return counts;
}

/** A diagram with one user task, and what is asked of the task written and read again. */
async function after(inside: string, change: (task: Moddle) => Moddle): Promise<{ task: Moddle; xml: string }> {
  const { rootElement } = await moddle.fromXML(`<bpmn:definitions
    xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:krabuan="https://krabuan.org/schema/1.0" targetNamespace="t"><bpmn:process id="P"><bpmn:userTask id="Task">
    <bpmn:extensionElements>${inside}</bpmn:extensionElements></bpmn:userTask></bpmn:process></bpmn:definitions>`);
  const task = taskOf(rootElement);
  (task as Moddle & { set: (name: string, value: unknown) => void }).set('extensionElements', change(task));
  const { xml } = await moddle.toXML(rootElement);
  const again = await moddle.fromXML(xml);
  expect(again.warnings).toEqual([]);
  return { task: taskOf(again.rootElement), xml };
}

function taskOf(root: Moddle): Moddle {
  const task = root.get<Moddle[]>('rootElements')[0]?.get<Moddle[]>('flowElements')[0];
  if (!task) throw new Error('no task');
  return task;
}

describe('the elements of our namespace', () => {
  it.each(diagrams)('all stay in %s when it is opened and saved', async (file) => {
    const before = readFileSync(join(FOLDER, file), 'utf8');
    const { rootElement, warnings } = await moddle.fromXML(before);
    const { xml } = await moddle.toXML(rootElement, { format: true });
    expect(warnings.map(({ message }) => message)).toEqual([]);
    expect(said(xml)).toEqual(said(before));
  });

  it('stay as they are where only one of them is changed', async () => {
    const { xml } = await after(
      '<zeebe:userTask /><krabuan:text lang="en">Old</krabuan:text><krabuan:return to="A" /><krabuan:recall />',
      (task) => ext.withEnglish(task, 'New', create),
    );
    expect(xml).toContain(
      '<zeebe:userTask /><krabuan:text lang="en">New</krabuan:text><krabuan:return to="A" /><krabuan:recall />',
    );
  });

  it('say the step with its standard time, and keep what the panel does not show', async () => {
    const { task, xml } = await after('<krabuan:step key="k" stage="manage" standardTime="P1D" />', (old) =>
      ext.withStep(old, { standardTime: 'P3D', calendar: 'working' }, create),
    );
    expect(ext.stepOf(task)).toEqual({ key: 'k', number: '', standardTime: 'P3D', calendar: 'working' });
    expect(xml).toContain('stage="manage"');
  });

  it('begin a step by the id of its element', async () => {
    const { task } = await after('', (old) => ext.withStep(old, { number: '4' }, create));
    expect(ext.stepOf(task)).toEqual({ key: 'Task', number: '4', standardTime: '', calendar: '' });
  });

  it('drop a term that was emptied', async () => {
    const { xml } = await after('<krabuan:step key="k" standardTime="P1D" />', (old) =>
      ext.withStep(old, { standardTime: '' }, create),
    );
    expect(xml).not.toContain('standardTime');
  });

  it('bind a control point to a field, and keep the expression over its value', async () => {
    const { task, xml } = await after(
      `<krabuan:controlPoint id="cp-1" mandatory="true"><krabuan:text lang="th">ครบ</krabuan:text>
       <krabuan:binding type="formField" field="a" expression="=value" /></krabuan:controlPoint>`,
      (old) => {
        const [point] = ext.pointsOf(old);
        if (!point) throw new Error('no point');
        const added = { ...point, id: 'cp-2', type: 'decision' as const, what: 'Decision_1', mandatory: false };
        return ext.withPoints(old, [{ ...point, what: 'b' }, added], create);
      },
    );
    expect(ext.pointsOf(task)).toEqual([
      { id: 'cp-1', text: { th: 'ครบ', en: null }, mandatory: true, type: 'formField', what: 'b' },
      { id: 'cp-2', text: { th: 'ครบ', en: null }, mandatory: false, type: 'decision', what: 'Decision_1' },
    ]);
    expect(xml).toContain('field="b" expression="=value"');
  });

  it('forget the field of a control point that looks at something else now', async () => {
    const { xml } = await after(
      '<krabuan:controlPoint id="cp-1"><krabuan:binding type="formField" field="a" /></krabuan:controlPoint>',
      (old) =>
        ext.withPoints(
          old,
          ext.pointsOf(old).map((each) => ({ ...each, type: 'standardTime', what: '' })),
          create,
        ),
    );
    expect(xml).toContain('<krabuan:binding type="standardTime" />');
  });

  it('name the groups of a task and keep its assignee', async () => {
    const { task, xml } = await after('<zeebe:assignmentDefinition assignee="=x" candidateGroups="a" />', (old) =>
      ext.withCandidates(old, 'a,b', create),
    );
    expect(ext.candidatesOf(task)).toBe('a,b');
    expect(xml).toContain('assignee="=x"');
  });

  it('lose the assignment when nobody is named any more', async () => {
    const { xml } = await after('<zeebe:assignmentDefinition candidateGroups="a" />', (old) =>
      ext.withCandidates(old, '', create),
    );
    expect(xml).not.toContain('assignmentDefinition');
  });

  it('link another form, and hold risks', async () => {
    const form = await after('<zeebe:formDefinition formId="a" bindingType="deployment" />', (old) =>
      ext.withForm(old, 'b', create),
    );
    expect(form.xml).toContain('<zeebe:formDefinition formId="b" bindingType="deployment" />');
    const risk = { id: 'r-1', text: { th: 'ล่าช้า', en: 'Late' } };
    const { task } = await after('', (old) => ext.withRisks(old, [risk], create));
    expect(ext.risksOf(task)).toEqual([risk]);
  });

  it('get ids that nothing else has', () => {
    const element = create('bpmn:UserTask', { id: 'T' });
    expect(ext.freshId('cp', element, ['cp-T-2'])).toBe('cp-T-3');
    expect(ext.freshId('cp', element, [])).toBe('cp-T-1');
  });
});

describe('documentation', () => {
  it('is Thai, a blank line, English', () => {
    const texts = { th: 'ก\nข', en: 'a\n\nb' };
    expect(ext.documentationOf(create('bpmn:Task', { documentation: ext.documentation(texts, create) }))).toEqual(
      texts,
    );
    expect(ext.documentation({ th: null, en: null }, create)).toEqual([]);
  });
});
