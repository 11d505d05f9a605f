import { describe, expect, it } from 'vitest';
import { freePath, isScenario, officeMoment, sample, written } from '../../src/pages/trial/files';
import { lineAt } from '../../src/pages/trial/lines';
import { readData } from '../../src/pages/trial/walking';
import { processesOf } from '../../src/pages/trial/useDiagrams';

describe('files of scenarios', () => {
  it('are YAML in a folder of scenarios', () => {
    expect(isScenario('processes/leave/scenarios/happy.yaml')).toBe(true);
    expect(isScenario('processes/leave/vectors.yaml')).toBe(false);
    expect(isScenario('scenarios.yaml')).toBe(false);
    expect(isScenario('scenarios/notes.md')).toBe(false);
  });

  it('begin beside the diagram, under a name that is free', () => {
    const first = freePath('processes/leave/leave.bpmn', []);
    expect(first).toBe('processes/leave/scenarios/scenario-1.yaml');
    expect(freePath('processes/leave/leave.bpmn', [first])).toBe('processes/leave/scenarios/scenario-2.yaml');
    expect(freePath('leave.bpmn', [])).toBe('scenarios/scenario-1.yaml');
  });

  it('say the time as the office does', () => {
    expect(officeMoment(new Date('2026-04-10T20:30:15.123Z'))).toBe('2026-04-11T03:30:15+07:00');
    expect(sample('leave', new Date('2026-04-10T02:00:00Z'))).toContain('at: "2026-04-10T09:00:00+07:00"\n');
  });

  it('keep what was typed as text, however it is written', () => {
    const steps = [{ task: 'Check', as: 'a1', data: { note: 'a: b # c\n- "d"' } }];
    const text = written({ process: 'leave: x', at: 'now', start: {}, steps });
    expect(text.split('\n').slice(1)).toEqual([
      'process: "leave: x"',
      'at: "now"',
      'start: {}',
      'steps:',
      '- {"task":"Check","as":"a1","data":{"note":"a: b # c\\n- \\"d\\""}}',
      '',
    ]);
  });
});

describe('what is read', () => {
  it('is a line of a text by its number', () => {
    expect(lineAt('ab\ncde\n', 2)).toEqual({ from: 3, to: 6 });
    expect(lineAt('ab', 9)).toEqual({ from: 2, to: 2 });
  });

  it('are data within braces, or nothing', () => {
    expect(readData('  ')).toEqual({});
    expect(readData('{"a": 1}')).toEqual({ a: 1 });
    for (const wrong of ['[1]', '1', 'null', '{a: 1}']) expect(readData(wrong)).toBeNull();
  });

  it('are the processes of a diagram that can run', () => {
    const of = (inside: string) => `<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">${inside}</d>`;
    expect(processesOf(of('<process id="a" isExecutable="true"/><process id="b"/>'))).toEqual(['a']);
    expect(processesOf('<broken')).toEqual([]);
  });
});
