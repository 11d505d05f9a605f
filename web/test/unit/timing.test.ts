import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import { PACKAGES, type Create, type Moddle } from '../../src/modeler/moddle';
import { deadlinesOf, nodesOf, processOf, remindersOf, withDeadlines, withReminders } from '../../src/modeler/timing';

const moddle = new BpmnModdle(PACKAGES);
const create: Create = (type, properties) => moddle.create(type, properties);
const DEADLINE = `<krabuan:deadline id="dl-a" kind="statutory" from="=aware_at" duration="PT72H" calendar="hours" stoppedBy="In"
  evidence="report" overseers="head, role:law"><krabuan:text lang="th">แจ้ง</krabuan:text>
  <krabuan:legalBasis><krabuan:text lang="th">มาตรา ๓๗</krabuan:text></krabuan:legalBasis></krabuan:deadline>`;

async function processWith(said: string): Promise<{ root: Moddle; process: Moddle }> {
  const { rootElement } = await moddle.fromXML(
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:krabuan="https://krabuan.org/schema/1.0">
    <bpmn:process id="P"><bpmn:extensionElements>${said}</bpmn:extensionElements><bpmn:startEvent id="S" />
    <bpmn:subProcess id="Sub" name="ย่อย"><bpmn:userTask id="In" name="แจ้งสำนักงาน" /></bpmn:subProcess></bpmn:process></bpmn:definitions>`,
  );
  return { root: rootElement, process: rootElement.get<Moddle[]>('rootElements')[0] as Moddle };
}
const settable = (element: Moddle) => element as Moddle & { set: (name: string, value: unknown) => void };

describe('clocks of the law', () => {
  it('are read, changed, and keep what is not entered here', async () => {
    const { root, process } = await processWith(DEADLINE);
    const [deadline] = deadlinesOf(process);
    expect(deadline).toMatchObject({ id: 'dl-a', duration: 'PT72H', stoppedBy: 'In', overseers: ['head', 'role:law'] });
    if (!deadline) throw new Error('no deadline');
    const changed = { ...deadline, duration: 'PT48H', lateUntil: 'P15D', stoppedBy: '' };
    settable(process).set('extensionElements', withDeadlines(process, [changed], create));
    const { xml } = await moddle.toXML(root);
    expect(xml).toContain('duration="PT48H"');
    expect(xml).toContain('lateUntil="P15D"');
    expect(xml).toContain('evidence="report"');
    expect(xml).toContain('overseers="head role:law"');
    expect(xml).toContain('มาตรา ๓๗');
    expect(xml).toContain('แจ้ง');
    expect(xml).not.toContain('stoppedBy');
  });

  it('are new with the kind that the law has', async () => {
    const { root, process } = await processWith('');
    const fresh = {
      id: 'dl-P-1',
      text: { th: 'ตอบ', en: null },
      from: '=now()',
      duration: 'P30D',
      at: '',
      calendar: '',
    };
    const rest = { stoppedBy: '', lateUntil: '', lateReasonsField: '', overseers: [] };
    settable(process).set('extensionElements', withDeadlines(process, [{ ...fresh, ...rest }], create));
    const { xml } = await moddle.toXML(root);
    expect(xml).toMatch(/<krabuan:deadline id="dl-P-1" kind="statutory" from="=now\(\)" duration="P30D">/);
  });
});

describe('reminders', () => {
  it('fall due before, after, or with what they are about', async () => {
    const { process } = await processWith(
      '<krabuan:reminder/><krabuan:reminder before="P1D" calendar="working" to="head role:x"/><krabuan:reminder overdue="P2D"/>',
    );
    expect(remindersOf(process).map(({ when, length, to }) => [when, length, to])).toEqual([
      ['due', '', ['performer']],
      ['before', 'P1D', ['head', 'role:x']],
      ['overdue', 'P2D', ['performer']],
    ]);
  });

  it('have one moment only, and somebody who is told', async () => {
    const { root, process } = await processWith('<krabuan:reminder before="P1D" to="head"/>');
    const [one] = remindersOf(process);
    if (!one) throw new Error('no reminder');
    const extensions = withReminders(process, [{ ...one, when: 'after', length: 'P2D', to: [] }], create);
    settable(process).set('extensionElements', extensions);
    expect((await moddle.toXML(root)).xml).toContain('<krabuan:reminder after="P2D" to="performer" />');
  });
});

describe('the elements around', () => {
  it('are found in sub-processes too, by their names', async () => {
    const { process } = await processWith('');
    expect(nodesOf(process, 'bpmn:Activity')).toEqual([
      { id: 'Sub', name: 'ย่อย' },
      { id: 'In', name: 'แจ้งสำนักงาน' },
    ]);
    const sub = process.get<Moddle[]>('flowElements')[1] as Moddle;
    expect(processOf(sub.get<Moddle[]>('flowElements')[0] as Moddle)).toBe(process);
  });
});
