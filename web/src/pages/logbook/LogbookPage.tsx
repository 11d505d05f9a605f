/** The audit trail of the service: who did what, when, how it ended; taken out as a table, verified by one button. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { exportLog, KINDS, RESULTS, searchLog, type LogEntry, type LogQuery } from '../../api/logbook';
import { saveTable } from '../../api/save';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { useAct } from '../../ui/useAct';
import { usePages } from '../../ui/usePages';
import { Filters } from './Filters';
import { LogTable } from './LogTable';
import { Verify } from './Verify';
import './logbook.css';

const PAGE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the address asks for, and how to ask for something else. */
function useQuery(): [LogQuery, (part: Partial<LogQuery>) => void] {
  const [params, setParams] = useSearchParams();
  const query = useMemo<LogQuery>(() => {
    const day = (name: string) => (DAY.test(params.get(name) ?? '') ? params.get(name) : null);
    return {
      kind: KINDS.find((kind) => kind === params.get('kind')) ?? null,
      who: params.get('who') ?? '',
      thing: params.get('thing') ?? '',
      result: RESULTS.find((result) => result === params.get('result')) ?? null,
      from: day('from'),
      until: day('until'),
    };
  }, [params]);
  const change = useCallback(
    (part: Partial<LogQuery>) => {
      const all: [string, string | null][] = Object.entries({ ...query, ...part });
      setParams(
        all.filter((each): each is [string, string] => Boolean(each[1])),
        { replace: true },
      );
    },
    [query, setParams],
  );
  return [query, change];
}

export default function LogbookPage() {
  const { t } = useI18n();
  const [query, change] = useQuery();
  return (
    <>
      <PageTitle>{t('logbook.title')}</PageTitle>
      <p className="muted">{t('logbook.what')}</p>
      <Verify />
      <Filters query={query} change={change} />
      <Found query={query} />
    </>
  );
}

function Found({ query }: { query: LogQuery }) {
  const { language, t } = useI18n();
  const { working, act } = useAct();
  const found = usePages<LogEntry>(
    useCallback((page, signal) => searchLog(query, page, signal), [query]),
    PAGE,
  );
  const save = () =>
    act(async () => {
      saveTable(await exportLog(query, language), 'audit-log.csv');
      return t('logbook.saved');
    });
  const total = formatNumber(found.page?.totalItems ?? 0, language);
  return (
    <>
      {found.items && found.items.length > 0 && (
        <div className="row log-summary">
          <p className="muted" role="status">
            {t(found.page?.hasMoreTotalItems ? 'logbook.atLeast' : 'logbook.found', { n: total })}
          </p>
          <Button isDisabled={working} onPress={() => void save()}>
            {t('logbook.save')}
          </Button>
        </div>
      )}
      <Paged list={found} empty={t('logbook.none')}>
        {(items) => <LogTable items={items} />}
      </Paged>
    </>
  );
}
