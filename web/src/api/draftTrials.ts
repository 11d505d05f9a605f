/** Drafts that are tried out before they are published: scenarios played, and walked by hand. */
import { post } from './client';
import type { components } from './generated';
import type { Variables } from './types';

type Schemas = components['schemas'];

export type Trial = Schemas['DraftTrial'];
export type Outcome = Schemas['ScenarioOutcome'];
export type Coverage = Schemas['TrialCoverage'];
export type Taken = Schemas['TrialTaken'];
export type Reason = Schemas['TrialReason'];
/** One choice, in the words of scenario files. */
export type Step = Record<string, unknown>;
export type Simulation = Omit<Schemas['Simulation'], 'waiting' | 'variables'> & {
  waiting: Waiting[];
  variables: Variables;
};
export type Waiting = Omit<Schemas['SimulatedWait'], 'data'> & { data: Variables };
export type Beginning = Schemas['SimulatedBeginning'];

/** What was chosen so far; without a start it is asked what can begin. */
export interface Walk {
  processDefinitionId?: string;
  at?: string;
  start?: Step;
  steps?: readonly Step[];
}

/** Plays all scenarios of the draft as it is saved, or that of one file. */
export function tryDraft(draftKey: string, path?: string): Promise<Trial> {
  return post(`/model-drafts/${draftKey}/trial`, path === undefined ? {} : { path });
}

/** Plays what was chosen so far, and tells where the case stands then. */
export function simulate(draftKey: string, walk: Walk, signal?: AbortSignal): Promise<Simulation> {
  return post(`/model-drafts/${draftKey}/simulation`, walk, signal);
}
