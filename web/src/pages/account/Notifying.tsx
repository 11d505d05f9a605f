/** How one is notified: the language, at once or gathered or not at all by what it is about, and when it is quiet. */
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { preference, setPreference } from '../../api/notifying';
import { problemText } from '../../api/problem';
import type { NotificationPreference } from '../../api/types';
import { localDigits } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { ByTopic } from './ByTopic';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const QUIET = { quietFrom: '20:00', quietUntil: '06:00' };

export function Notifying() {
  const { t } = useI18n();
  const found = useResource(preference);
  return (
    <section className="card" aria-labelledby="account-notifying">
      <h2 id="account-notifying">{t('notifying.title')}</h2>
      <p className="muted">{t('notifying.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && <Chosen key={found.data.rev} before={found.data} reload={found.reload} />}
    </section>
  );
}

function Chosen({ before, reload }: { before: NotificationPreference; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [chosen, setChosen] = useState(before);
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const change = (changes: Partial<NotificationPreference>) => setChosen((now) => ({ ...now, ...changes }));
  const quiet = chosen.quietFrom !== null;

  async function save() {
    const times = [chosen.digestAt, chosen.quietFrom, chosen.quietUntil].filter((time) => time !== null);
    if (!times.every((time) => CLOCK.test(time))) return setError(t('notifying.timeWrong'));
    setWorking(true);
    setError(null);
    try {
      await setPreference(chosen);
      announce(t('common.saved'));
      reload();
    } catch (problem) {
      setError(problemText(problem, language, t));
    }
    return setWorking(false);
  }

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="narrow-form">
        <Choice
          label={t('notifying.language')}
          value={chosen.language}
          options={[
            { value: 'th', label: t('notifying.thai') },
            { value: 'en', label: t('notifying.english') },
          ]}
          onChange={(next) => change({ language: next })}
        />
      </div>
      <ByTopic choices={chosen.choices} onChange={(choices) => change({ choices })} />
      <div className="row notifying-times">
        <TextInput
          label={t('notifying.digestAt')}
          hint={t('notifying.digestWhat')}
          value={chosen.digestAt}
          onChange={(digestAt) => change({ digestAt: clock(digestAt) })}
          maxLength={5}
        />
      </div>
      <Check
        label={t('notifying.quiet')}
        selected={quiet}
        onChange={(on) => change(on ? QUIET : { quietFrom: null, quietUntil: null })}
      />
      {quiet && (
        <div className="row notifying-times">
          <TextInput
            label={t('notifying.quietFrom')}
            value={chosen.quietFrom ?? ''}
            onChange={(quietFrom) => change({ quietFrom: clock(quietFrom) })}
            maxLength={5}
          />
          <TextInput
            label={t('notifying.quietUntil')}
            value={chosen.quietUntil ?? ''}
            onChange={(quietUntil) => change({ quietUntil: clock(quietUntil) })}
            maxLength={5}
          />
        </div>
      )}
      {error && (
        <p className="notice danger" role="alert">
          {error}
        </p>
      )}
      <Button type="submit" isDisabled={working}>
        {t('common.save')}
      </Button>
    </Form>
  );
}

/** As it is typed: Thai digits and the full stop of Thai times do as well. */
function clock(typed: string): string {
  return localDigits(typed, 'en').replace('.', ':');
}
