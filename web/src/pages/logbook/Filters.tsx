import { useCallback } from 'react';
import { KINDS, RESULTS, type Kind, type LogQuery, type Result } from '../../api/logbook';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { SearchBox } from '../../ui/SearchBox';

interface Props {
  query: LogQuery;
  change: (part: Partial<LogQuery>) => void;
}

export function Filters({ query, change }: Props) {
  const { t } = useI18n();
  const who = useCallback((text: string) => change({ who: text }), [change]);
  const thing = useCallback((text: string) => change({ thing: text }), [change]);
  return (
    <search className="log-filters" aria-label={t('logbook.filters')}>
      <Choice<Kind | ''>
        label={t('logbook.kind')}
        value={query.kind ?? ''}
        options={[
          { value: '', label: t('logbook.any') },
          ...KINDS.map((value) => ({ value, label: t(`logbook.kind.${value}`) })),
        ]}
        onChange={(kind) => change({ kind: kind || null })}
      />
      <Choice<Result | ''>
        label={t('logbook.result')}
        value={query.result ?? ''}
        options={[
          { value: '', label: t('logbook.any') },
          ...RESULTS.map((value) => ({ value, label: t(`logbook.result.${value}`) })),
        ]}
        onChange={(result) => change({ result: result || null })}
      />
      <SearchBox label={t('logbook.who')} hint={t('logbook.whoHint')} value={query.who} onSearch={who} />
      <SearchBox label={t('logbook.thing')} hint={t('logbook.thingHint')} value={query.thing} onSearch={thing} />
      <DayInput id="log-from" label={t('logbook.from')} day={query.from} onDay={(from) => change({ from })} />
      <DayInput id="log-until" label={t('logbook.until')} day={query.until} onDay={(until) => change({ until })} />
    </search>
  );
}
