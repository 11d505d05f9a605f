/** The help texts of docs/help, bundled one by one: each is loaded when it is opened. */
import type { Language } from '../i18n';

const FILES = import.meta.glob<string>('../../../docs/help/*.*.md', { query: '?raw', import: 'default' });

/** Texts by the first part of a page's address, or by the first two; of any page under it by the first and a stroke. */
const OF_PAGE: Readonly<Record<string, string>> = {
  '': 'inbox',
  tasks: 'task',
  'cases/': 'case',
  'hand-over': 'substitutes',
  'notification-texts': 'channels',
  'workbench/compare': 'compare',
  approvals: 'interventions',
  jobs: 'incidents',
  migration: 'operations',
  moving: 'operations',
};

/** Which text is about the page at an address; the general one where none is. */
export function helpOf(pathname: string): string {
  const [first = '', below] = pathname.replace(/^\//, '').split('/');
  const under = below === undefined ? undefined : (OF_PAGE[`${first}/${below}`] ?? OF_PAGE[`${first}/`]);
  const id = under ?? OF_PAGE[first] ?? first;
  return pathOf(id, 'th') in FILES ? id : 'general';
}

export async function loadHelp(id: string, language: Language): Promise<string> {
  const load = FILES[pathOf(id, language)];
  if (!load) throw new Error(`no help text ${id} in ${language}`);
  return await load();
}

export function helpIds(language: Language): string[] {
  return Object.keys(FILES).flatMap((path) => new RegExp(`/([a-z-]+)\\.${language}\\.md$`).exec(path)?.[1] ?? []);
}

function pathOf(id: string, language: Language): string {
  return `../../../docs/help/${id}.${language}.md`;
}
