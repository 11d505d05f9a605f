/** Which files of a draft are scenarios, and what a new one begins with. */

const FOLDER = 'scenarios';
const OFFICE = '+07:00';
const HOURS = 7;

export function isScenario(path: string): boolean {
  return path.endsWith('.yaml') && path.split('/').slice(0, -1).includes(FOLDER);
}

/** A path beside the diagram that no file has yet: `processes/leave/scenarios/scenario-1.yaml`. */
export function freePath(diagram: string, taken: readonly string[], name = 'scenario'): string {
  const folder = [...diagram.split('/').slice(0, -1), FOLDER].join('/');
  for (let number = 1; ; number += 1) {
    const path = `${folder}/${name}-${number}.yaml`;
    if (!taken.includes(path)) return path;
  }
}

/** The moment as scenario files write it, in the time of the office: `2026-04-10T09:00:00+07:00`. */
export function officeMoment(moment: Date): string {
  return new Date(moment.getTime() + HOURS * 3_600_000).toISOString().slice(0, 19) + OFFICE;
}

/** A scenario that only begins. */
export function sample(processId: string, at: Date): string {
  return written({ process: processId, at: officeMoment(at), start: { as: 'owner' }, steps: [] });
}

export interface Written {
  title?: { th: string; en: string };
  process: string;
  at: string;
  start: object;
  steps: readonly object[];
}

/** The text of a scenario file: YAML, each step on a line of its own. */
export function written({ title = { th: 'สถานการณ์ใหม่', en: 'A new scenario' }, ...scenario }: Written): string {
  const lines = [
    `title: ${JSON.stringify(title)}`,
    `process: ${JSON.stringify(scenario.process)}`,
    `at: ${JSON.stringify(scenario.at)}`,
    `start: ${JSON.stringify(scenario.start)}`,
    'steps:',
    ...scenario.steps.map((step) => `- ${JSON.stringify(step)}`),
  ];
  return `${lines.join('\n')}\n`;
}
