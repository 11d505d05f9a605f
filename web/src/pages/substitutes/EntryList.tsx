import { endNow } from '../../api/substitutions';
import { problemText } from '../../api/problem';
import type { Substitution } from '../../api/types';
import { useMe } from '../../app/session';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { usePassed } from '../../ui/Countdown';
import { useGroupNames, usePersonName } from '../../ui/names';

interface Props {
  items: readonly Substitution[];
  /** whether this person ends those of others, too */
  forOthers: boolean;
  onEnded: () => void;
}

export function EntryList({ items, forOthers, onEnded }: Props) {
  const { t } = useI18n();
  return (
    <section className="card" aria-labelledby="entries">
      <h2 id="entries">{t('absence.current')}</h2>
      {items.length === 0 && <p className="muted">{t('absence.none')}</p>}
      <ul className="plain-list interventions">
        {items.map((item) => (
          <li key={item.substitutionKey}>
            <Line item={item} forOthers={forOthers} onEnded={onEnded} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ item, forOthers, onEnded }: Omit<Props, 'items'> & { item: Substitution }) {
  const { language, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const absent = usePersonName(item.absent);
  const substitute = usePersonName(item.substitute);
  const enteredBy = usePersonName(item.enteredBy);
  const holds = usePassed(item.startDate);
  const line = t('absence.line', { absent, substitute });

  async function end() {
    try {
      await endNow(item.substitutionKey);
      announce(t('absence.over'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
    onEnded();
  }

  return (
    <>
      <div className="row">
        <span className={`badge ${holds ? 'good' : ''}`}>{t(holds ? 'absence.active' : 'absence.later')}</span>
        <strong>{line}</strong>
      </div>
      <div>
        {t('absence.between', {
          from: formatMoment(item.startDate, language),
          until: formatMoment(item.endDate, language),
        })}
      </div>
      <div className="muted small">
        {t(`absence.scope.${item.scope}`)}
        {item.scope === 'group' && <GroupName group={item.scopeName} />}
        {item.scope === 'process' && ` ${item.scopeName}`} · {t('absence.enteredBy', { name: enteredBy })}
      </div>
      {(forOthers || item.absent === me.username) && (
        <Button small aria-label={`${t('absence.end')}: ${line}`} onPress={() => void end()}>
          {t('absence.end')}
        </Button>
      )}
    </>
  );
}

function GroupName({ group }: { group: string }) {
  const nameOf = useGroupNames([group]);
  return <> {nameOf(group)}</>;
}
