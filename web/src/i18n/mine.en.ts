import type { mineTh } from './mine.th';

/** Cases that one started or worked on, in English. */
export const mineEn: Record<keyof typeof mineTh, string> = {
  'mine.title': 'My cases',
  'mine.views': 'Views of my cases',
  'mine.view.running': 'Under way',
  'mine.view.turn': 'My turn',
  'mine.view.others': 'Waiting for others',
  'mine.view.late': 'Late',
  'mine.view.ended': 'Ended',
  'mine.part': 'My part',
  'mine.part.ANY': 'Any',
  'mine.part.STARTED': 'Cases I started',
  'mine.part.WORKED': 'Cases I worked on',
  'mine.search': 'Search my cases',
  'mine.searchHint': 'Case number or process name',
  'mine.list': 'List of my cases',
  'mine.stands': 'Where it stands',
  'mine.since': 'since {date}',
  'mine.yourTurn': 'Your turn',
  'mine.open': 'Open task {name}',
  'mine.turnOf': 'Waiting for {name}',
  'mine.waitsForEvent': 'Waiting for a time or an event',
  'mine.late': 'Late',
  'mine.fresh': 'Something changed in the cases shown',
  'mine.showFresh': 'Show the latest',
  'mine.empty.title': 'No case in this list yet',
  'mine.empty.hint':
    'Cases that you start or work on appear here, with the step where each stands and whom it waits for.',
  'mine.empty.start': 'Start a case',
  'mine.empty.filter': 'No case fits the filters',
  'mine.empty.clear': 'Clear the filters',
};
