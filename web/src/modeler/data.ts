/** What goes into an element and out of it: mappings, scripts and timers, read and written. */
import { attributesOf, firstOf, withExtensions } from './extensions';
import type { Create, Moddle } from './moddle';

const MAPPING = 'zeebe:IoMapping';
const SCRIPT = 'zeebe:Script';

export interface Mapping {
  /** FEEL that begins with `=`, or a text that is meant as it stands */
  source: string;
  target: string;
}
export interface Mappings {
  inputs: readonly Mapping[];
  outputs: readonly Mapping[];
}
const LISTS = { inputs: ['inputParameters', 'zeebe:Input'], outputs: ['outputParameters', 'zeebe:Output'] } as const;

export function mappingsOf(element: Moddle): Mappings {
  const found = firstOf(element, MAPPING);
  const of = (side: keyof Mappings) =>
    (found?.get<Moddle[] | undefined>(LISTS[side][0]) ?? []).map((each) => ({
      source: each.get('source') ?? '',
      target: each.get('target') ?? '',
    }));
  return { inputs: of('inputs'), outputs: of('outputs') };
}

export function withMappings(element: Moddle, mappings: Mappings, create: Create): Moddle {
  const made = (side: keyof Mappings) => mappings[side].map((each) => create(LISTS[side][1], { ...each }));
  const says = mappings.inputs.length + mappings.outputs.length > 0;
  const terms = { inputParameters: made('inputs'), outputParameters: made('outputs') };
  return withExtensions(element, MAPPING, says ? [create(MAPPING, terms)] : [], create);
}

export interface Script {
  expression: string;
  resultVariable: string;
}

/** Null for a script task that a worker does. */
export function scriptOf(element: Moddle): Script | null {
  if (firstOf(element, 'zeebe:TaskDefinition')) return null;
  const found = firstOf(element, SCRIPT);
  return { expression: found?.get('expression') ?? '', resultVariable: found?.get('resultVariable') ?? '' };
}

export function withScript(element: Moddle, { expression, resultVariable }: Script, create: Create): Moddle {
  const found = firstOf(element, SCRIPT);
  const terms = { ...(found && attributesOf(found)), expression, resultVariable: resultVariable || 'result' };
  return withExtensions(element, SCRIPT, expression ? [create(SCRIPT, terms)] : [], create);
}

export const TIMINGS = ['timeDuration', 'timeDate', 'timeCycle'] as const;
export interface Timer {
  definition: Moddle;
  kind: (typeof TIMINGS)[number];
  /** ISO 8601, or FEEL that begins with `=` */
  value: string;
}

export function timerOf(element: Moddle): Timer | null {
  const definitions = element.get<Moddle[] | undefined>('eventDefinitions') ?? [];
  const definition = definitions.find((each) => each.$instanceOf('bpmn:TimerEventDefinition'));
  if (!definition) return null;
  const kind = TIMINGS.find((each) => definition.get(each)) ?? 'timeDuration';
  return { definition, kind, value: definition.get<Moddle | undefined>(kind)?.get('body') ?? '' };
}

/** The properties of the timer's definition that say this and nothing else. */
export function timerProperties(kind: Timer['kind'], value: string, create: Create): object {
  const others = Object.fromEntries(TIMINGS.map((each) => [each, undefined]));
  return { ...others, ...(value && { [kind]: create('bpmn:FormalExpression', { body: value }) }) };
}

/** Whether somebody begins a case here, and may fill in a form for it. */
export function begins(element: Moddle): boolean {
  const caused = (element.get<Moddle[] | undefined>('eventDefinitions') ?? []).length > 0;
  return element.$instanceOf('bpmn:StartEvent') && !caused && element.$parent?.$instanceOf('bpmn:Process') === true;
}
