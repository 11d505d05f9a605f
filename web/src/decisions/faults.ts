/** Where in a file of decisions something is that the server's check names by its id. */
import type { Decision, DecisionFile } from './model';
import type { Place } from './places';

/** The decision in which an element with this id stands, and its cell when it is one; null when it is in none. */
export function whereIs(file: DecisionFile, elementId: string): { decision: Decision; place: Place | null } | null {
  for (const decision of file.decisions) {
    const { table, expression } = decision;
    if (decision.id === elementId || expression?.id === elementId || table?.id === elementId) {
      return { decision, place: null };
    }
    if (!table) continue;
    const row = table.rules.findIndex(
      ({ id, cells }) => id === elementId || cells.some((cell) => cell.id === elementId),
    );
    if (row >= 0) {
      const column = table.rules[row]?.cells.findIndex(({ id }) => id === elementId) ?? -1;
      return { decision, place: { row, column: Math.max(0, column) } };
    }
    const columns = [...table.inputs, ...table.outputs];
    if (columns.some(({ id, expressionId }) => id === elementId || expressionId === elementId)) {
      return { decision, place: null };
    }
  }
  return null;
}
