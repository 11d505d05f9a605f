import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/diagram/differences';
import { comparePath, draftOf, sideOf } from '../../src/pages/compare/sides';
import { field, warning } from '../compared';

const drawing = (x: number) =>
  `<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
  <bpmndi:BPMNPlane><bpmndi:BPMNShape bpmnElement="Task"><dc:Bounds x="${x}" y="0" width="100" height="80" /></bpmndi:BPMNShape>
  <bpmndi:BPMNShape bpmnElement="End"><dc:Bounds x="${x}" y="9" width="36" height="36" /></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;

describe('how two drawings differ', () => {
  it('is what the words say, and where things are drawn', () => {
    const gone = { ...warning, id: 'Gone', code: 'element-removed' };
    const lost = { ...warning, id: 'Gone', code: 'control-point-removed' };
    const come = { ...warning, id: 'Flow', part: 'FLOW' as const, code: 'flow-added' };
    expect(differencesOf([warning, gone, lost, come, field], drawing(0), drawing(10))).toEqual({
      Task: 'changed',
      End: 'moved',
      Gone: 'removed',
      Flow: 'added',
    });
  });

  it('is nothing of the drawing when a diagram cannot be read', () => {
    expect(differencesOf([], '<half', drawing(10))).toEqual({});
  });
});

describe('a side of a comparison in an address', () => {
  it('is a version, a draft or a draft as it was', () => {
    expect(sideOf('v3', 'p')).toEqual({ processDefinitionId: 'p', version: 3 });
    expect(sideOf('d17', null)).toEqual({ draftKey: '17' });
    expect(sideOf('d17.4', 'p')).toEqual({ draftKey: '17', revision: 4 });
    expect(draftOf('d17.4')).toBe('17');
  });

  it('is nothing else', () => {
    for (const wrong of [null, '', 'v', 'v0', 'd', 'd1.x', '3', 'v3x']) expect(sideOf(wrong, 'p')).toBeNull();
    expect(sideOf('v3', null)).toBeNull();
    expect(draftOf('v3')).toBeNull();
  });

  it('is written as it is read', () => {
    expect(comparePath('a&b', 'v1', 'd2')).toBe('/workbench/compare?process=a%26b&before=v1&after=d2');
  });
});
