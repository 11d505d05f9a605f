/** Where one is in the cells of a decision table, and where the keys lead from there. */
import type { Rule, Table } from './model';

export interface Place {
  row: number;
  column: number;
}
export type Move = 'up' | 'down' | 'left' | 'right' | 'begin' | 'end' | 'top' | 'bottom' | 'pageUp' | 'pageDown';

const PAGE = 10;
const KEYS: Partial<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'begin',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

/** Null for a key that leads nowhere. */
export function moveOf(key: string, withControl: boolean): Move | null {
  if (withControl && key === 'Home') return 'top';
  if (withControl && key === 'End') return 'bottom';
  return withControl ? null : (KEYS[key] ?? null);
}

/** All columns with cells: those of the inputs, the outputs, the annotations, and the note. */
export function columnsOf({ inputs, outputs, annotations }: Table): number {
  return inputs.length + outputs.length + annotations.length + 1;
}

export function textAt(rule: Rule, column: number): string {
  return column < rule.cells.length ? (rule.cells[column]?.text ?? '') : rule.note;
}

export function moved({ row, column }: Place, move: Move, table: Table): Place {
  const lastRow = table.rules.length - 1;
  const lastColumn = columnsOf(table) - 1;
  const places: Record<Move, Place> = {
    up: { row: row - 1, column },
    down: { row: row + 1, column },
    left: { row, column: column - 1 },
    right: { row, column: column + 1 },
    begin: { row, column: 0 },
    end: { row, column: lastColumn },
    top: { row: 0, column: 0 },
    bottom: { row: lastRow, column: lastColumn },
    pageUp: { row: row - PAGE, column },
    pageDown: { row: row + PAGE, column },
  };
  return within(places[move], table);
}

/** The nearest place that the table has. */
export function within({ row, column }: Place, table: Table): Place {
  return {
    row: Math.max(0, Math.min(row, table.rules.length - 1)),
    column: Math.max(0, Math.min(column, columnsOf(table) - 1)),
  };
}
