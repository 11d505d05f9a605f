/** The history of a case, the oldest event first, as many as are asked for. */
import { useCallback, useEffect, useState } from 'react';
import { getHistory } from '../../api/cases';
import { useLive } from '../../api/events';
import type { HistoryEvent, ProcessInstanceKey, Texts } from '../../api/types';
import { formatMoment, localDigits } from '../../dates/format';
import { isMessageKey, useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';

interface Props {
  instance: ProcessInstanceKey;
  names: Record<string, Texts>;
  selected: number | null;
  onSelect: (sequence: number) => void;
}

const PAGE = 100;

function useHistory(instance: ProcessInstanceKey) {
  const [events, setEvents] = useState<HistoryEvent[] | null>(null);
  const [more, setMore] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const last = events?.at(-1)?.sequence ?? 0;

  const load = useCallback(
    (after: number, signal?: AbortSignal) =>
      getHistory(instance, after, PAGE, signal).then(
        ({ items }) => {
          setError(null);
          setMore(items.length === PAGE);
          setEvents((before) => [...(before ?? []).filter((event) => event.sequence <= after), ...items]);
        },
        (problem: unknown) => {
          if (!signal?.aborted) setError(problem);
        },
      ),
    [instance],
  );
  useEffect(() => {
    const abort = new AbortController();
    void load(0, abort.signal);
    return () => abort.abort();
  }, [load]);
  const loadMore = useCallback(() => void load(last), [load, last]);
  // what happens now comes at the end: only then does it concern what is shown
  useLive((event) => !more && event.kind === 'process-instance' && event.processInstanceKey === instance, loadMore);
  return { events, more, error, loadMore };
}

export function Timeline({ instance, names, selected, onSelect }: Props) {
  const { t } = useI18n();
  const { events, more, error, loadMore } = useHistory(instance);
  if (error) return <Failure error={error} retry={loadMore} />;
  if (!events) return <Loading />;
  return (
    <div>
      <ol className="plain-list timeline">
        {events.map((event) => (
          <li key={event.sequence} className={event.sequence === selected ? 'selected' : undefined}>
            <EventItem event={event} names={names} selected={event.sequence === selected} onSelect={onSelect} />
          </li>
        ))}
      </ol>
      {more && <Button onPress={loadMore}>{t('common.more')}</Button>}
    </div>
  );
}

interface ItemProps extends Pick<Props, 'names' | 'onSelect'> {
  event: HistoryEvent;
  selected: boolean;
}

function EventItem({ event, names, selected, onSelect }: ItemProps) {
  const { language, pick, t } = useI18n();
  const key = `event.${event.type}`;
  const what = isMessageKey(key) ? t(key) : event.type;
  const own = event.elementId ? names[event.elementId] : undefined;
  const where = (own && pick(own.th, own.en)) || event.elementName || event.elementId;
  const who = event.actor === null || event.actor === 'system' ? t('common.system') : event.actor;
  return (
    <>
      <div className="muted small">
        {localDigits(String(event.sequence), language)} · {formatMoment(event.at, language, 'exact')}
      </div>
      <div>
        <strong>{what}</strong>
        {where && <> {where}</>}
      </div>
      <div className="small">
        {event.onBehalfOf ? t('common.onBehalfOf', { actor: who, person: event.onBehalfOf }) : who}
      </div>
      <Button
        small
        kind="quiet"
        aria-pressed={selected}
        aria-label={`${t('case.showVariables')} ${localDigits(String(event.sequence), language)}`}
        onPress={() => onSelect(event.sequence)}
      >
        {t('case.showVariables')}
      </Button>
    </>
  );
}
