/** Under the diagram: goes to any moment of the case, event by event, and says what happened then. */
import type { HistoryEvent } from '../../../api/types';
import { formatMoment } from '../../../dates/format';
import type { Names } from '../../../diagram/names';
import { useI18n } from '../../../i18n';
import { Button } from '../../../ui/Button';
import { isInternal, useEventText } from './eventText';
import './replay.css';

interface Props {
  events: readonly HistoryEvent[];
  names: Names;
  /** how many of the events had happened; null is the present */
  count: number | null;
  go: (sequence: number | null) => void;
}

export function ReplayBar({ events, names, count, go }: Props) {
  const { t } = useI18n();
  const shown = count ?? events.length;
  const event = events[Math.max(shown, 1) - 1];
  const { what, where, who } = useEventText(event ?? NOTHING, names);
  if (!event) return null;
  const goTo = (index: number) => {
    const chosen = events[index];
    if (chosen) go(index === events.length - 1 ? null : chosen.sequence);
  };
  const before = events.findLastIndex((each, index) => index < shown - 1 && !isInternal(each));
  const next = events.findIndex((each, index) => index >= shown && !isInternal(each));
  return (
    <div role="group" aria-label={t('replay.title')} className="replay">
      <div className="row replay-row">
        <Button small aria-label={t('replay.before')} isDisabled={before < 0} onPress={() => goTo(before)}>
          ◀
        </Button>
        <input
          type="range"
          className="replay-range"
          min={1}
          max={events.length}
          value={Math.max(shown, 1)}
          aria-label={t('replay.slider')}
          aria-valuetext={`${t('replay.of', { n: shown, all: events.length })}: ${what} ${where}`}
          onChange={({ target }) => goTo(Number(target.value) - 1)}
        />
        <Button
          small
          aria-label={t('replay.next')}
          isDisabled={shown >= events.length}
          onPress={() => goTo(next < 0 ? events.length - 1 : next)}
        >
          ▶
        </Button>
        <Button small isDisabled={count === null} onPress={() => go(null)}>
          {t('replay.present')}
        </Button>
      </div>
      <p className="replay-said">
        <span className="muted small">
          {count === null ? t('replay.now') : t('replay.of', { n: shown, all: events.length })}
          {' · '}
          <Exact at={event.at} /> · {who}
        </span>
        <br />
        <strong>{what}</strong> {where}
      </p>
    </div>
  );
}

function Exact({ at }: { at: string }) {
  const { language } = useI18n();
  return <time dateTime={at}>{formatMoment(at, language, 'exact')}</time>;
}

const NOTHING: HistoryEvent = {
  sequence: 0,
  at: '',
  type: '',
  actor: 'system',
  onBehalfOf: null,
  elementId: null,
  elementName: null,
  elementInstanceKey: null,
  data: {},
  hash: '',
};
