import { describe, expect, it } from 'vitest';
import {
  addDecision,
  addRequirement,
  newFile,
  removeDecision,
  removeRequirement,
} from '../../src/decisions/decisionEdits';
import { DecisionEditor } from '../../src/decisions/editor';
import * as edits from '../../src/decisions/tableEdits';
import { tableIn } from '../../src/decisions/tableEdits';
import { PRICES } from '../decisions';

const open = () => new DecisionEditor(PRICES);
const inTable = (change: (table: Element) => void) => (file: Document) => change(tableIn(file, 'price'));
const texts = (editor: DecisionEditor) =>
  editor.snapshot().file.decisions[0]?.table?.rules.map(({ cells }) => cells.map(({ text }) => text));
const COLUMN = { label: 'ลูกค้า | Customer', expression: 'customer', type: 'string', values: '', otherwise: '' };

describe('a file of decisions', () => {
  it('is read with its columns, rules and requirements', () => {
    const { decisions } = open().snapshot().file;
    expect(decisions.map(({ id }) => id)).toEqual(['price', 'sum']);
    const [price, sum] = decisions;
    expect(price?.table).toMatchObject({ hitPolicy: 'FIRST', inputs: [{ expression: 'amount', type: 'number' }] });
    expect(price?.table?.rules[0]).toMatchObject({ id: 'many', note: 'มาก | Many' });
    expect(sum?.expression?.text).toBe('price * amount');
    expect(sum?.requires).toEqual([{ kind: 'decision', href: '#price', name: 'ราคา' }]);
  });

  it('stays word for word what it was but for what is changed', () => {
    const editor = open();
    expect(editor.xml()).toBe(PRICES);
    editor.change(inTable((table) => edits.setCell(table, 0, 1, '8')));
    expect(editor.xml()).toBe(PRICES.replace('<text>9</text>', '<text>8</text>'));
  });

  it('begins as it began, however its first element is written', () => {
    const odd = PRICES.replace('<definitions ', '<definitions  a=\'x > "y"\'\n  ');
    const editor = new DecisionEditor(odd);
    editor.change(inTable((table) => edits.setCell(table, 0, 1, '8')));
    expect(editor.xml()).toBe(odd.replace('<text>9</text>', '<text>8</text>'));
  });

  it('takes back and repeats each change', () => {
    const editor = open();
    editor.change(inTable((table) => edits.setCell(table, 0, 1, '8')));
    editor.change(inTable((table) => edits.setCell(table, 0, 1, '7')));
    editor.change(inTable((table) => edits.setCell(table, 0, 1, '7')));
    editor.undo();
    expect(texts(editor)?.[0]).toEqual(['>= 10', '8']);
    editor.undo();
    expect(editor.xml()).toBe(PRICES);
    expect(editor.canUndo()).toBe(false);
    editor.redo();
    expect(texts(editor)?.[0]).toEqual(['>= 10', '8']);
    editor.change(inTable((table) => edits.setCell(table, 0, 1, '6')));
    expect(editor.canRedo()).toBe(false);
  });

  it('stays as it was when a change breaks off', () => {
    const editor = open();
    expect(() =>
      editor.change(
        inTable((table) => {
          edits.setCell(table, 0, 1, '8');
          edits.removeRule(table, 9);
        }),
      ),
    ).toThrow();
    expect([editor.xml(), editor.canUndo()]).toEqual([PRICES, false]);
    editor.change(inTable((table) => edits.setCell(table, 0, 0, '> 1')));
    expect(texts(editor)?.[0]).toEqual(['> 1', '9']);
  });

  it('gives a new rule a cell for every column, on lines of its own', () => {
    const editor = open();
    editor.change(inTable((table) => edits.addRule(table, 1)));
    expect(texts(editor)).toEqual([
      ['>= 10', '9'],
      ['-', ''],
      ['-', '12.5'],
    ]);
    expect(editor.xml()).toContain('      <rule id="t-rule-1">\n        <inputEntry id="t-rule-1-1"><text>-</text>');
    editor.change(inTable((table) => edits.removeRule(table, 1)));
    expect(editor.xml()).toBe(PRICES);
  });

  it('copies and moves rules with their notes', () => {
    const editor = open();
    editor.change(inTable((table) => edits.copyRule(table, 0)));
    editor.change(inTable((table) => edits.moveRule(table, 2, -1)));
    editor.change(inTable((table) => edits.moveRule(table, 0, -1)));
    expect(texts(editor)).toEqual([
      ['>= 10', '9'],
      ['-', '12.5'],
      ['>= 10', '9'],
    ]);
    expect(editor.snapshot().file.decisions[0]?.table?.rules.map(({ note }) => note)).toEqual([
      'มาก | Many',
      '',
      'มาก | Many',
    ]);
  });

  it('adds, changes, moves and removes columns with their cells', () => {
    const editor = open();
    editor.change(inTable((table) => edits.addColumn(table, 'input', COLUMN)));
    expect(texts(editor)).toEqual([
      ['>= 10', '-', '9'],
      ['-', '-', '12.5'],
    ]);
    editor.change(inTable((table) => edits.moveColumn(table, 'input', 1, -1)));
    editor.change(inTable((table) => edits.moveColumn(table, 'input', 1, 1)));
    expect(texts(editor)).toEqual([
      ['-', '>= 10', '9'],
      ['-', '-', '12.5'],
    ]);
    editor.change(
      inTable((table) => edits.setColumn(table, 'output', 0, { ...COLUMN, values: '1, 2', otherwise: '0' })),
    );
    const table = editor.snapshot().file.decisions[0]?.table;
    expect(table?.inputs.map(({ expression }) => expression)).toEqual(['customer', 'amount']);
    expect(table?.outputs).toMatchObject([{ expression: 'customer', values: '1, 2', otherwise: '0' }]);
    editor.change(inTable((table_) => edits.setColumn(table_, 'output', 0, COLUMN)));
    expect(editor.xml()).not.toMatch(/outputValues|defaultOutputEntry/);
    editor.change(inTable((table_) => edits.removeColumn(table_, 'input', 1)));
    expect(texts(editor)).toEqual([
      ['-', '9'],
      ['-', '12.5'],
    ]);
  });

  it('fills a block from the clipboard, with new rules where there are too few', () => {
    const editor = open();
    editor.change(
      inTable((table) =>
        edits.setBlock(table, 1, 0, [
          ['< 5', '1', 'too far'],
          ['< 9', '2'],
        ]),
      ),
    );
    expect(texts(editor)).toEqual([
      ['>= 10', '9'],
      ['< 5', '1'],
      ['< 9', '2'],
    ]);
  });

  it('forgets the aggregation with the hit policy that it belongs to', () => {
    const editor = open();
    editor.change(inTable((table) => edits.setHitPolicy(table, 'COLLECT', 'SUM')));
    expect(editor.snapshot().file.decisions[0]?.table).toMatchObject({ hitPolicy: 'COLLECT', aggregation: 'SUM' });
    editor.change(inTable((table) => edits.setHitPolicy(table, 'ANY', 'SUM')));
    expect(editor.xml()).not.toContain('aggregation');
  });

  it('begins, links and removes decisions', () => {
    const editor = new DecisionEditor(newFile('fee', 'ค่าธรรมเนียม "ก" & <ข>'));
    expect(editor.snapshot().file.decisions).toMatchObject([
      { id: 'fee', name: 'ค่าธรรมเนียม "ก" & <ข>', table: { rules: [{ cells: [{ text: '-' }, { text: '' }] }] } },
    ]);
    editor.change((file) => addDecision(file, 'total', 'รวม', 'expression'));
    editor.change((file) => addRequirement(file, 'total', 'fee'));
    expect(editor.snapshot().file.decisions[1]).toMatchObject({
      expression: { text: 'null' },
      requires: [{ kind: 'decision', href: '#fee' }],
    });
    editor.change((file) => removeRequirement(file, 'total', '#fee'));
    editor.undo();
    editor.change((file) => removeDecision(file, 'fee'));
    expect(editor.snapshot().file.decisions).toMatchObject([{ id: 'total', requires: [] }]);
  });

  it('is refused when it is no DMN', () => {
    for (const wrong of [
      '',
      '<a/>',
      '{"id": 1}',
      '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    ]) {
      expect(() => new DecisionEditor(wrong)).toThrow();
    }
  });
});
