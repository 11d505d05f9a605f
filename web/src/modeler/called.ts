/** What an activity calls: a decision table, or another process. What is not entered here stays as it was. */
import { attributesOf, firstOf, withExtensions } from './extensions';
import type { Create, Moddle } from './moddle';

const DECISION = 'zeebe:CalledDecision';
const PROCESS = 'zeebe:CalledElement';

export interface CalledDecision {
  decisionId: string;
  resultVariable: string;
}

/** Null for a business rule task that a worker does. */
export function decisionOf(element: Moddle): CalledDecision | null {
  if (firstOf(element, 'zeebe:TaskDefinition')) return null;
  const found = firstOf(element, DECISION);
  return { decisionId: found?.get('decisionId') ?? '', resultVariable: found?.get('resultVariable') ?? '' };
}

export function withDecision(element: Moddle, { decisionId, resultVariable }: CalledDecision, create: Create): Moddle {
  const found = firstOf(element, DECISION);
  const terms = { ...(found && attributesOf(found)), decisionId, resultVariable: resultVariable || 'result' };
  return withExtensions(element, DECISION, decisionId ? [create(DECISION, terms)] : [], create);
}

export function processIdOf(element: Moddle): string {
  return firstOf(element, PROCESS)?.get('processId') ?? '';
}

export function withProcessId(element: Moddle, processId: string, create: Create): Moddle {
  const found = firstOf(element, PROCESS);
  const wanted = processId ? [create(PROCESS, { ...(found && attributesOf(found)), processId })] : [];
  return withExtensions(element, PROCESS, wanted, create);
}
