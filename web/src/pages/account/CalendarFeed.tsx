/** One's due dates in the calendar of one's own choice: the address is made, shown once, replaced and revoked. */
import { useState } from 'react';
import { calendarFeed, changeFeed, makeFeed, revokeFeed, type FeedChoice } from '../../api/calendarFeed';
import type { CalendarFeed as State } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Secret } from '../../ui/Secret';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';

export function CalendarFeed() {
  const { t } = useI18n();
  const found = useResource(calendarFeed);
  const [made, setMade] = useState<string | null>(null);

  return (
    <section className="card" aria-labelledby="account-feed">
      <h2 id="account-feed">{t('feed.title')}</h2>
      <p className="muted">{t('feed.what')}</p>
      {made !== null && (
        <Secret title={t('feed.made')} hint={t('feed.secret')} secret={made} onClose={() => setMade(null)}>
          <a href={made.replace(/^https?:/, 'webcal:')}>{t('feed.open')}</a>
        </Secret>
      )}
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <Present key={found.data.madeAt ?? ''} state={found.data} reload={found.reload} onMade={setMade} />
      )}
    </section>
  );
}

interface Props {
  state: State;
  reload: () => void;
  onMade: (url: string | null) => void;
}

function Present({ state, reload, onMade }: Props) {
  const { language, t } = useI18n();
  const { working, act } = useAct();
  const exists = state.madeAt !== null;
  const kept: FeedChoice = { groupTasks: state.groupTasks ?? true, statutory: state.statutory ?? true };
  const [choice, setChoice] = useState(kept);

  async function choose(next: FeedChoice) {
    setChoice(next);
    if (exists && !(await act(() => changeFeed(next).then(() => t('common.saved'))))) setChoice(kept);
  }

  const make = async () => {
    onMade(await makeFeed(choice));
    reload();
    return t('feed.made');
  };
  const revoke = async () => {
    await revokeFeed();
    onMade(null);
    reload();
    return t('feed.revoked');
  };

  return (
    <>
      {state.madeAt !== null && (
        <p className="row">
          <span className="badge good">{t('feed.on')}</span>
          <span>{t('feed.since', { date: formatMoment(state.madeAt, language) })}</span>
        </p>
      )}
      <fieldset className="feed-choice">
        <legend>{t('feed.holds')}</legend>
        <Check
          label={t('feed.groupTasks')}
          selected={choice.groupTasks}
          onChange={(groupTasks) => void choose({ ...choice, groupTasks })}
        />
        <Check
          label={t('feed.statutory')}
          selected={choice.statutory}
          onChange={(statutory) => void choose({ ...choice, statutory })}
        />
      </fieldset>
      {exists && <p className="muted small">{t('feed.replaceWhat')}</p>}
      <div className="row">
        <Button isDisabled={working} onPress={() => void act(make)}>
          {exists ? t('feed.replace') : t('feed.make')}
        </Button>
        {exists && (
          <Button isDisabled={working} onPress={() => void act(revoke)}>
            {t('feed.revoke')}
          </Button>
        )}
      </div>
    </>
  );
}
