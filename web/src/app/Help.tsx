/** The help button of every page, and the tour of the first day, which begins by itself once. */
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { keepTour, type OwnSettings } from '../api/ownSettings';
import type { Me } from '../api/types';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import './help-button.css';
import { seeHere, seenHere } from './knownHere';
import { toursOf, type Tour } from './tours';

const HelpDialog = lazy(() => import('./HelpDialog'));
const TourCard = lazy(() => import('./TourCard').then((module) => ({ default: module.TourCard })));

/** `settings` are those of the account; undefined as long as they are not known. */
export function Help({ me, settings }: { me: Me; settings: OwnSettings | undefined }) {
  const { t } = useI18n();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Tour | null>(null);
  const [ended, setEnded] = useState(false);
  const tours = toursOf(me);
  const first = me.onBehalfOf === null ? tours[0] : undefined;
  const due = settings && first && !settings.tours.includes(first) && !seenHere(first) ? first : null;
  const tour = chosen ?? (ended ? null : due);

  function end(seen: Tour) {
    setChosen(null);
    setEnded(true);
    seeHere(seen);
    // this browser knows; the account is told again when the tour is seen on another
    void keepTour(seen).catch(() => undefined);
  }

  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)} aria-haspopup="dialog" aria-label={t('help.button')}>
        <span className="help-mark" aria-hidden="true">
          ?
        </span>
      </Button>
      <Suspense fallback={null}>
        {open && (
          <HelpDialog
            pathname={pathname}
            tours={tours}
            onClose={() => setOpen(false)}
            onTour={(wanted) => {
              setOpen(false);
              setChosen(wanted);
            }}
          />
        )}
        {tour && <TourCard key={tour} tour={tour} onEnd={() => end(tour)} />}
      </Suspense>
    </>
  );
}
