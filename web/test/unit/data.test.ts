import { BpmnModdle } from 'bpmn-moddle';
import { expect, it, describe } from 'vitest';
import * as data from '../../src/modeler/data';
import { PACKAGES, type Moddle } from '../../src/modeler/moddle';

const moddle = new BpmnModdle(PACKAGES);
const create = (type: string, properties?: object) => moddle.create(type, properties);

async function element(inside: string): Promise<Moddle> {
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"><bpmn:process id="P">${inside}</bpmn:process>
    </bpmn:definitions>`;
  const { rootElement } = await moddle.fromXML(xml);
  const [process] = rootElement.get<Moddle[]>('rootElements');
  return process?.get<Moddle[]>('flowElements')[0] as Moddle;
}
const task = (inside: string) =>
  element(`<bpmn:task id="T"><bpmn:extensionElements>${inside}</bpmn:extensionElements></bpmn:task>`);
const written = async (extensions: Moddle) => (await moddle.toXML(extensions)).xml;

describe('mappings', () => {
  it('are read, and written in their order', async () => {
    const found = await task(
      '<zeebe:ioMapping><zeebe:input source="=a" target="b"/><zeebe:output source="c" target="d"/></zeebe:ioMapping>',
    );
    const mappings = data.mappingsOf(found);
    expect(mappings).toEqual({ inputs: [{ source: '=a', target: 'b' }], outputs: [{ source: 'c', target: 'd' }] });
    const more = { ...mappings, inputs: [...mappings.inputs, { source: '=1', target: 'e' }] };
    expect((await written(data.withMappings(found, more, create))).match(/target="\w"/g)).toEqual([
      'target="b"',
      'target="e"',
      'target="d"',
    ]);
  });

  it('go when there are none, and what stands beside them stays', async () => {
    const found = await task(
      '<zeebe:userTask/><zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping>',
    );
    const xml = await written(data.withMappings(found, { inputs: [], outputs: [] }, create));
    expect(xml).toContain('zeebe:userTask');
    expect(xml).not.toContain('ioMapping');
  });
});

describe('a script', () => {
  it('has a result, and goes with its expression', async () => {
    const found = await task('<zeebe:script expression="=1" resultVariable="x"/>');
    expect(data.scriptOf(found)).toEqual({ expression: '=1', resultVariable: 'x' });
    expect(await written(data.withScript(found, { expression: '=2', resultVariable: '' }, create))).toContain(
      'expression="=2" resultVariable="result"',
    );
    expect(await written(data.withScript(found, { expression: '', resultVariable: 'x' }, create))).not.toContain(
      'script',
    );
  });

  it('is none of ours where a worker does the task', async () => {
    expect(data.scriptOf(await task('<zeebe:taskDefinition type="x"/>'))).toBeNull();
  });
});

describe('a timer', () => {
  const event = (definition: string) =>
    element(`<bpmn:intermediateCatchEvent id="E">${definition}</bpmn:intermediateCatchEvent>`);

  it('is read with what it says', async () => {
    const found = await event(
      '<bpmn:timerEventDefinition><bpmn:timeDate>=date("2026-04-10")</bpmn:timeDate></bpmn:timerEventDefinition>',
    );
    expect(data.timerOf(found)).toMatchObject({ kind: 'timeDate', value: '=date("2026-04-10")' });
    expect(data.timerOf(await event('<bpmn:messageEventDefinition/>'))).toBeNull();
    expect(data.timerOf(await event('<bpmn:timerEventDefinition/>'))).toMatchObject({
      kind: 'timeDuration',
      value: '',
    });
  });

  it('says one thing only', () => {
    const properties = data.timerProperties('timeCycle', 'R/PT1H', create) as Record<string, Moddle | undefined>;
    expect(properties['timeDuration']).toBeUndefined();
    expect(Object.keys(properties)).toContain('timeDate');
    expect(properties['timeCycle']?.get('body')).toBe('R/PT1H');
  });
});

it('a form may be filled in where somebody begins a case, and nowhere else', async () => {
  const start = (inside = '') => element(`<bpmn:startEvent id="S">${inside}</bpmn:startEvent>`);
  expect(data.begins(await start())).toBe(true);
  expect(data.begins(await start('<bpmn:messageEventDefinition/>'))).toBe(false);
  expect(data.begins(await element('<bpmn:task id="T"/>'))).toBe(false);
});
