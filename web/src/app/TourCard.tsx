/** A tour as it is gone through: a card beside the page, which stays in use, and a frame around what is spoken of. */
import { useEffect, useId, useRef, useState } from 'react';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import './help.css';
import { stepsOf, type Tour } from './tours';

export function TourCard({ tour, onEnd }: { tour: Tour; onEnd: () => void }) {
  const { t } = useI18n();
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const id = useId();
  const steps = stepsOf(tour);
  const step = steps[at];
  const place = step?.at;
  useEffect(() => heading.current?.focus(), [at]);
  useEffect(() => {
    const target = place ? document.querySelector(place) : null;
    target?.classList.add('tour-target');
    return () => target?.classList.remove('tour-target');
  }, [place]);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && card.current?.contains(document.activeElement)) onEnd();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [onEnd]);
  if (!step) return null;
  const last = at === steps.length - 1;
  return (
    <div ref={card} className="tour-card" role="dialog" aria-labelledby={id}>
      <p className="muted small">{t('tour.step', { n: at + 1, of: steps.length })}</p>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {t(step.title)}
      </h2>
      <p>{t(step.text)}</p>
      <div className="row">
        <Button kind="primary" onPress={() => (last ? onEnd() : setAt(at + 1))}>
          {t(last ? 'tour.finish' : 'tour.next')}
        </Button>
        {at > 0 && <Button onPress={() => setAt(at - 1)}>{t('tour.back')}</Button>}
        {!last && (
          <Button kind="quiet" onPress={onEnd}>
            {t('tour.skip')}
          </Button>
        )}
      </div>
    </div>
  );
}
