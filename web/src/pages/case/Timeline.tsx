/** The history of a case, the oldest event first: what people and clocks did, or on demand every step inside, too. */
import { useMemo, useState } from 'react';
import type { HistoryEvent, Texts } from '../../api/types';
import { formatMoment, formatNumber, localDigits } from '../../dates/format';
import { nameOf, type Names } from '../../diagram/names';
import { isMessageKey, useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { readable } from '../../ui/erased';
import { Loading } from '../../ui/Loading';
import { Chunk } from './Chunk';
import { useEventText } from './replay/eventText';
import { EVERYTHING, filtered, throughOf, type TimelineFilter } from './timelineFilter';
import { TimelineFilters } from './TimelineFilters';
import type { History } from './useHistory';

interface Props {
  history: History;
  names: Names;
  /** what events are about besides elements: deadlines and control points, by id */
  things: Record<string, Texts>;
  /** number of the last event that had happened at the moment that is looked at; null is the present */
  moment: number | null;
  go: (sequence: number) => void;
}

const TOGETHER = 50;
/** So many rows are all drawn at once on any machine. */
const SHORT = 300;

export function Timeline({ history, names, things, moment, go }: Props) {
  const { language, pick, t } = useI18n();
  const [filter, setFilter] = useState<TimelineFilter>(EVERYTHING);
  const { events, more, archive, error, loadMore } = history;
  const shown = useMemo(
    () =>
      filtered(events ?? [], filter, ({ type, elementId, elementName, actor }) => {
        const key = `event.${type}`;
        const where = elementId ? nameOf(names, elementId, pick, elementName) : '';
        return `${isMessageKey(key) ? t(key) : type} ${where} ${actor}`;
      }),
    [events, filter, names, pick, t],
  );
  if (error && !events) return <Failure error={error} retry={loadMore} />;
  if (!events) return <Loading />;
  const selected = moment === null ? null : (shown.findLast(({ sequence }) => sequence <= moment)?.sequence ?? null);
  return (
    <div>
      {archive && (
        <p className="notice">
          {t('timeline.archived', {
            n: formatNumber(archive.events, language),
            number: formatNumber(archive.archive, language),
            date: formatMoment(archive.madeAt, language),
          })}
        </p>
      )}
      <TimelineFilters events={events} names={names} filter={filter} shown={shown.length} onChange={setFilter} />
      {Array.from({ length: Math.ceil(shown.length / TOGETHER) }, (_, index) => {
        const from = index * TOGETHER;
        const part = shown.slice(from, from + TOGETHER);
        return (
          <Chunk
            key={`${part[0]?.sequence}/${part.length}`}
            rows={part.length}
            always={index === 0 || shown.length <= SHORT}
          >
            {() => (
              <ol className="plain-list timeline" start={from + 1}>
                {part.map((event) => (
                  <li key={event.sequence} className={event.sequence === selected ? 'selected' : undefined}>
                    <EventItem
                      event={event}
                      names={names}
                      things={things}
                      selected={event.sequence === selected}
                      onSelect={() => go(throughOf(events, event, filter.all))}
                    />
                  </li>
                ))}
              </ol>
            )}
          </Chunk>
        );
      })}
      {error ? (
        <Failure error={error} retry={loadMore} />
      ) : (
        more && <Button onPress={loadMore}>{t('common.more')}</Button>
      )}
    </div>
  );
}

interface ItemProps extends Pick<Props, 'names' | 'things'> {
  event: HistoryEvent;
  selected: boolean;
  onSelect: () => void;
}

function EventItem({ event, names, things, selected, onSelect }: ItemProps) {
  const { language, pick, t } = useI18n();
  const { what, where, who } = useEventText(event, names);
  const thing = things[aboutOf(event.data)];
  const number = localDigits(String(event.sequence), language);
  return (
    <>
      <div className="muted small">
        {number} · {formatMoment(event.at, language, 'exact')} · {who}
      </div>
      <div>
        <strong>{what}</strong>
        {where && <> {where}</>}
      </div>
      {thing && <div>{pick(thing.th, thing.en)}</div>}
      <div className="row event-row">
        <Button
          small
          kind="quiet"
          aria-pressed={selected}
          aria-label={`${t('case.showVariables')} ${number}`}
          onPress={onSelect}
        >
          {t('case.showVariables')}
        </Button>
        <details>
          <summary>
            {t('case.eventDetails')}
            <span className="visually-hidden"> {number}</span>
          </summary>
          <pre>{readable(JSON.stringify(event.data, null, 1), t('common.erased'))}</pre>
          <div className="muted small">{t('case.hash', { hash: event.hash })}</div>
        </details>
      </div>
    </>
  );
}

/** The id of the deadline or control point that an event names. */
function aboutOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const { deadline, controlPoint } = data as { deadline?: unknown; controlPoint?: unknown };
  return String(deadline ?? controlPoint ?? '');
}
