import { useCallback } from 'react';
import { Link } from 'react-router-dom';
import { casesAtWork, searchVersions } from '../../api/definitions';
import type { AtWork, ProcessDefinition, SearchResult } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Listed } from '../../ui/Listed';
import { useList } from '../../ui/useList';
import { Running } from './Running';

export type WithWork = ProcessDefinition & { work: AtWork | undefined };

/** Every deployed process in its latest version, with how many of its cases run. */
export function ProcessList() {
  const { language, pick, t } = useI18n();
  const processes = useList(
    useCallback(async (after: string | undefined, signal?: AbortSignal): Promise<SearchResult<WithWork>> => {
      const { items, page } = await searchVersions(null, after, signal);
      const ids = items.map((item) => item.processDefinitionId);
      const work = ids.length > 0 ? await casesAtWork(ids, signal) : new Map<string, AtWork>();
      return { page, items: items.map((item) => ({ ...item, work: work.get(item.processDefinitionId) })) };
    }, []),
  );
  return (
    <section className="card" aria-labelledby="processes-title">
      <h2 id="processes-title">{t('workbench.processes')}</h2>
      <Listed list={processes} empty={<p className="muted">{t('workbench.noProcesses')}</p>}>
        {(items) => (
          <table className="task-table" aria-labelledby="processes-title">
            <thead>
              <tr>
                <th scope="col">{t('registers.process')}</th>
                <th scope="col">{t('workbench.running')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.processDefinitionKey}>
                  <td>
                    <Link to={{ search: `?process=${encodeURIComponent(item.processDefinitionId)}` }}>
                      {pick(item.name, item.nameEn) || item.processDefinitionId}
                    </Link>
                    <div className="muted small">
                      {t('process.version', { version: formatNumber(item.version, language) })}
                    </div>
                  </td>
                  <td>
                    <Running work={item.work} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Listed>
    </section>
  );
}
