/** Decisions of a draft, tried out as they are saved. Nothing is kept of it. */
import { post } from './client';
import type { components } from './generated';

export type DecisionNeed = components['schemas']['DecisionNeed'];
export type DecisionTrial = components['schemas']['DecisionTrial'];

interface Which {
  draftKey: string;
  path: string;
  decisionDefinitionId: string;
}

/** The variables that a decision, and all that it requires, read. */
export async function decisionNeeds({ draftKey, ...which }: Which, signal?: AbortSignal): Promise<DecisionNeed[]> {
  const place = `/model-drafts/${draftKey}/decisions/variables`;
  return (await post<{ variables: DecisionNeed[] }>(place, which, signal)).variables;
}

/** What it decides with a sample. */
export function tryDecision({ draftKey, ...which }: Which, variables: Record<string, unknown>): Promise<DecisionTrial> {
  return post(`/model-drafts/${draftKey}/decisions/evaluation`, { ...which, variables });
}
