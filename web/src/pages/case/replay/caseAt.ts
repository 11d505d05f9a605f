/** Where a case stood after each of its events, worked out from its history alone, a few steps at a time. */
import type { HistoryEvent, ProcessDefinitionKey } from '../../../api/types';

export interface OpenElement {
  elementId: string;
  /** BPMN type; null where the reader may not see what events say */
  type: string | null;
  /** key of the element instance around it */
  scope: string | null;
}

export interface OpenTask {
  elementId: string;
  assignee: string | null;
  /** when it was created */
  since: string;
}

/** The maps are by key of element instance, but for `completed` and `taken`: by id of element or flow. */
export interface CaseAt {
  version: Version;
  open: Map<string, OpenElement>;
  tasks: Map<string, OpenTask>;
  taken: Set<string>;
  completed: Map<string, number>;
}

export interface Version {
  definition: ProcessDefinitionKey;
  number: number;
}

/** What only holds other elements: being in it says nothing about where the case stands. */
const CONTAINERS = new Set([
  'PROCESS',
  'SUB_PROCESS',
  'EVENT_SUB_PROCESS',
  'AD_HOC_SUB_PROCESS',
  'MULTI_INSTANCE_BODY',
]);
const EVERY = 200;

export class Replay {
  /** The versions of the diagram that the case followed, the first one first. */
  readonly versions: readonly Version[];
  private readonly kept: CaseAt[] = [];

  /** All events of the case so far, the oldest first; `present` is the version that it follows now. */
  constructor(
    private readonly events: readonly HistoryEvent[],
    present: Version,
  ) {
    const changes = events.filter((event) => event.type === 'version-changed');
    const first = changes[0] && versionIn(changes[0].data['before']);
    const after = changes.flatMap((event) => versionIn(event.data['after']) ?? []);
    this.versions = [first ?? present, ...after];
    this.kept.push(start(this.versions[0] ?? present));
  }

  /** After so many events: 0 is before the first. What is returned is the caller's own. */
  after(count: number): CaseAt {
    while (this.kept.length <= Math.floor(count / EVERY)) {
      const from = (this.kept.length - 1) * EVERY;
      const next = copy(this.kept[this.kept.length - 1] as CaseAt);
      this.run(next, from, from + EVERY);
      this.kept.push(next);
    }
    const nearest = Math.floor(count / EVERY);
    const at = copy(this.kept[nearest] as CaseAt);
    this.run(at, nearest * EVERY, count);
    return at;
  }

  private run(at: CaseAt, from: number, to: number): void {
    for (const event of this.events.slice(from, to)) follow(at, event, this.events);
  }
}

/** Where it waits: tasks and events, not what surrounds them. */
export function activeOf({ open }: CaseAt): string[] {
  const waiting = [...open.values()].filter(({ type }) => type === null || !CONTAINERS.has(type));
  return [...new Set(waiting.map(({ elementId }) => elementId))];
}

/** The scopes that an element instance sees, the outermost first. */
export function scopesOf({ open }: CaseAt, key: string): string[] {
  const scopes: string[] = [];
  for (let next: string | null = key; next && !scopes.includes(next); next = open.get(next)?.scope ?? null) {
    scopes.unshift(next);
  }
  return scopes;
}

function start(version: Version): CaseAt {
  return { version, open: new Map(), tasks: new Map(), taken: new Set(), completed: new Map() };
}

function copy(at: CaseAt): CaseAt {
  return {
    version: at.version,
    open: new Map(at.open),
    tasks: new Map(at.tasks),
    taken: new Set(at.taken),
    completed: new Map(at.completed),
  };
}

function follow(at: CaseAt, event: HistoryEvent, all: readonly HistoryEvent[]): void {
  const { type, elementId, elementInstanceKey: key, data } = event;
  if (type === 'version-changed') changeVersion(at, event, all);
  if (elementId === null) return;
  if (type === 'flow-taken') at.taken.add(elementId);
  if (key === null) return;
  if (type === 'element-activated') {
    at.open.set(key, { elementId, type: text(data['type']), scope: text(data['scope']) });
  } else if (type === 'element-completed' || type === 'element-terminated') {
    at.open.delete(key);
    at.tasks.delete(key);
    if (type === 'element-completed') at.completed.set(elementId, (at.completed.get(elementId) ?? 0) + 1);
  } else if (type === 'user-task-created') {
    at.tasks.set(key, { elementId, assignee: text(data['assignee']), since: event.at });
  } else if (type === 'assignee-set') {
    const task = at.tasks.get(key);
    if (task) at.tasks.set(key, { ...task, assignee: text(data['assignee']) });
  }
}

/** What was open goes on in the other version, under the ids that the plan of the migration gave it. */
function changeVersion(at: CaseAt, event: HistoryEvent, all: readonly HistoryEvent[]): void {
  at.version = versionIn(event.data['after']) ?? at.version;
  const planned = all.findLast(({ sequence, type }) => sequence <= event.sequence && type === 'instance-migrated');
  const plan = planned?.data['mapping'];
  if (!Array.isArray(plan)) return;
  const renamed = new Map((plan as { source: string; target: string }[]).map(({ source, target }) => [source, target]));
  for (const map of [at.open, at.tasks] as Map<string, { elementId: string }>[]) {
    for (const [key, item] of map) map.set(key, { ...item, elementId: renamed.get(item.elementId) ?? item.elementId });
  }
}

function versionIn(said: unknown): Version | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { definition, version } = said as { definition?: unknown; version?: unknown };
  return typeof definition === 'string' && typeof version === 'number' ? { definition, number: version } : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
