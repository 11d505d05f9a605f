/** The history of a case, the oldest event first: what people and clocks did, or on demand every step inside, too. */
import { useState } from 'react';
import type { HistoryEvent, ProcessInstanceKey, Texts } from '../../api/types';
import { formatMoment, localDigits } from '../../dates/format';
import { nameOf, type Names } from '../../diagram/names';
import { isMessageKey, useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Failure } from '../../ui/Failure';
import { readable } from '../../ui/erased';
import { Loading } from '../../ui/Loading';
import { usePersonName } from '../../ui/names';
import { useHistory } from './useHistory';

interface Props {
  instance: ProcessInstanceKey;
  names: Names;
  /** what events are about besides elements: deadlines and control points, by id */
  things: Record<string, Texts>;
  selected: number | null;
  onSelect: (moment: Moment) => void;
}

/** An event that is shown, and the last event that belongs to it: what the engine noted in its course is not shown. */
export interface Moment {
  event: number;
  through: number;
}

/** What the engine notes of its own working; an auditor asks for it only when in doubt. */
const INTERNAL =
  /^(element|flow|job|timer-started|timer-moved|variable-set|assignee-set|user-task-created|user-task-changed|[a-z]+-awaited)\b/;

export function Timeline({ instance, names, things, selected, onSelect }: Props) {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const { events, more, error, loadMore } = useHistory(instance);
  if (error) return <Failure error={error} retry={loadMore} />;
  if (!events) return <Loading />;
  const shown = all ? events : events.filter((event) => !INTERNAL.test(event.type));
  const throughOf = (index: number) => (shown[index + 1]?.sequence ?? (events.at(-1)?.sequence ?? 0) + 1) - 1;
  return (
    <div>
      <Check label={t('case.allEvents')} selected={all} onChange={setAll} />
      <ol className="plain-list timeline">
        {shown.map((event, index) => (
          <li key={event.sequence} className={event.sequence === selected ? 'selected' : undefined}>
            <EventItem
              event={event}
              names={names}
              things={things}
              selected={event.sequence === selected}
              onSelect={() => onSelect({ event: event.sequence, through: throughOf(index) })}
            />
          </li>
        ))}
      </ol>
      {more && <Button onPress={loadMore}>{t('common.more')}</Button>}
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
  const key = `event.${event.type}`;
  const what = isMessageKey(key) ? t(key) : event.type;
  const where = event.elementId && nameOf(names, event.elementId, pick, event.elementName);
  const thing = things[aboutOf(event.data)];
  const actor = usePersonName(event.actor);
  const person = usePersonName(event.onBehalfOf);
  const number = localDigits(String(event.sequence), language);
  return (
    <>
      <div className="muted small">
        {number} · {formatMoment(event.at, language, 'exact')} ·{' '}
        {event.onBehalfOf ? t('common.onBehalfOf', { actor, person }) : actor}
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
