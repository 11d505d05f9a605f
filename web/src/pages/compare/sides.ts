/** The two sides of a comparison as an address says them: `v3` is version 3, `d17` a draft, `d17.4` as it was then. */
import type { Side } from '../../api/modelComparisons';

const SIDE = /^(?:v([1-9]\d{0,8})|d(\d{1,25})(?:\.(\d{1,9}))?)$/;

/** Null for what is no side; a version needs the process that it is of. */
export function sideOf(text: string | null, processDefinitionId: string | null): Side | null {
  const [, version, draftKey, revision] = SIDE.exec(text ?? '') ?? [];
  if (draftKey) return { draftKey, ...(revision && { revision: Number(revision) }) };
  return version && processDefinitionId ? { processDefinitionId, version: Number(version) } : null;
}

export function draftOf(text: string | null): string | null {
  return SIDE.exec(text ?? '')?.[2] ?? null;
}

export function comparePath(processDefinitionId: string | null, before: string, after: string): string {
  const params = new URLSearchParams({ ...(processDefinitionId && { process: processDefinitionId }), before, after });
  return `/workbench/compare?${params.toString()}`;
}
