/** Asking for the approval of something that is to be done to many cases, where the process wants a second person. */
import { Problem, post } from './client';
import type { ProcessInstance, SearchResult } from './types';

const PAGE = 50;

/**
 * Asks for each case that the filter finds by itself. `told` hears how many are asked for; resolves to how many were
 * not, because they are asked for already or are not there any more.
 */
export async function askForEach(
  kind: 'migrate' | 'modify',
  filter: object,
  request: object,
  told: (asked: number) => void,
): Promise<number> {
  let after: string | null = null;
  let asked = 0;
  let refused = 0;
  do {
    const body = {
      filter: { ...filter, state: 'ACTIVE' },
      sort: [{ field: 'processInstanceKey', order: 'ASC' }],
      page: { limit: PAGE, ...(after && { after }) },
    };
    const found: SearchResult<ProcessInstance> = await post('/process-instances/search', body);
    for (const { processInstanceKey: key } of found.items) {
      try {
        await post('/interventions', { kind, key, request });
        told((asked += 1));
      } catch (error) {
        if (!(error instanceof Problem) || ![404, 409].includes(error.status)) throw error;
        refused += 1;
      }
    }
    after = found.items.length < PAGE ? null : found.page.endCursor;
  } while (after);
  return refused;
}
