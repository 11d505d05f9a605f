import type { NotificationPreference } from '../../api/types';
import { useI18n } from '../../i18n';

type Choices = NotificationPreference['choices'];
const GROUPS = ['tasks', 'open', 'reminders', 'statutory', 'messages', 'mentions'] as const;
const CHANNELS = ['mail', 'push'] as const;
const WAYS = ['at-once', 'digest', 'off'] as const;

/** For each kind of notification and each channel: at once, gathered once a day, or not at all. */
export function ByTopic({ choices, onChange }: { choices: Choices; onChange: (choices: Choices) => void }) {
  const { t } = useI18n();
  return (
    <table className="account-table by-topic">
      <caption className="visually-hidden">{t('notifying.byTopic')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('notifying.about')}</th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {t(`notifying.channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {GROUPS.map((group) => (
          <tr key={group}>
            <th scope="row">{t(`notifying.group.${group}`)}</th>
            {CHANNELS.map((channel) => (
              <td key={channel} className="field" data-label={t(`notifying.channel.${channel}`)}>
                <select
                  aria-label={`${t(`notifying.group.${group}`)}: ${t(`notifying.channel.${channel}`)}`}
                  value={choices[group]?.[channel] ?? 'at-once'}
                  onChange={(event) =>
                    onChange({
                      ...choices,
                      [group]: { ...choices[group], [channel]: event.target.value },
                    })
                  }
                >
                  {WAYS.filter((way) => group !== 'statutory' || way !== 'digest').map((way) => (
                    <option key={way} value={way}>
                      {t(`notifying.way.${way}`)}
                    </option>
                  ))}
                </select>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
