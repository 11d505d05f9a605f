/** One's due dates in the calendar of one's own choice: the address is made, shown once, replaced and revoked. */
import { useState } from 'react';
import { calendarFeed, changeFeed, makeFeed, revokeFeed, type FeedChoice } from '../../api/calendarFeed';
import { problemText } from '../../api/problem';
import type { CalendarFeed as State } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { CopyButton } from '../../ui/CopyButton';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

export function CalendarFeed() {
  const { t } = useI18n();
  const found = useResource(calendarFeed);
  const [made, setMade] = useState<string | null>(null);

  return (
    <section className="card" aria-labelledby="account-feed">
      <h2 id="account-feed">{t('feed.title')}</h2>
      <p className="muted">{t('feed.what')}</p>
      {made !== null && <Address url={made} onClose={() => setMade(null)} />}
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <Present key={found.data.madeAt ?? ''} state={found.data} reload={found.reload} onMade={setMade} />
      )}
    </section>
  );
}

function Address({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <div className="notice warn" role="status">
      <p>
        <strong>{t('feed.made')}</strong> {t('feed.secret')}
      </p>
      <p>
        <code className="shown-once">{url}</code>
      </p>
      <p className="row">
        <CopyButton text={url} label={t('feed.copy')} />
        <a href={url.replace(/^https?:/, 'webcal:')}>{t('feed.open')}</a>
        <Button onPress={onClose}>{t('account.close')}</Button>
      </p>
    </div>
  );
}

interface Props {
  state: State;
  reload: () => void;
  onMade: (url: string | null) => void;
}

function Present({ state, reload, onMade }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const exists = state.madeAt !== null;
  const [choice, setChoice] = useState<FeedChoice>({
    groupTasks: state.groupTasks ?? true,
    statutory: state.statutory ?? true,
  });
  const [working, setWorking] = useState(false);

  async function act(what: () => Promise<void>, said: string) {
    setWorking(true);
    try {
      await what();
      announce(said);
      reload();
    } catch (error) {
      announce(problemText(error, language, t));
      setChoice({ groupTasks: state.groupTasks ?? true, statutory: state.statutory ?? true });
    } finally {
      setWorking(false);
    }
  }

  function choose(next: FeedChoice) {
    setChoice(next);
    if (exists) void act(() => changeFeed(next), t('feed.changed'));
  }

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
          onChange={(groupTasks) => choose({ ...choice, groupTasks })}
        />
        <Check
          label={t('feed.statutory')}
          selected={choice.statutory}
          onChange={(statutory) => choose({ ...choice, statutory })}
        />
      </fieldset>
      {exists && <p className="muted small">{t('feed.replaceWhat')}</p>}
      <div className="row">
        <Button
          isDisabled={working}
          onPress={() => void act(async () => onMade(await makeFeed(choice)), t('feed.made'))}
        >
          {exists ? t('feed.replace') : t('feed.make')}
        </Button>
        {exists && (
          <Button
            isDisabled={working}
            onPress={() =>
              void act(async () => {
                await revokeFeed();
                onMade(null);
              }, t('feed.revoked'))
            }
          >
            {t('feed.revoke')}
          </Button>
        )}
      </div>
    </>
  );
}
