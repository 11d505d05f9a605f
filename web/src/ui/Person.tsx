import { formatMoment } from '../dates/format';
import { useI18n } from '../i18n';
import { useGroupNames, usePersonName } from './names';

/** A person's name, with the user name for those who want to be sure. */
export function Person({ username }: { username: string | null | undefined }) {
  return <span title={username ?? undefined}>{usePersonName(username)}</span>;
}

export function GroupList({ groups }: { groups: readonly string[] }) {
  const nameOf = useGroupNames(groups);
  return groups.map(nameOf).join(', ');
}

/** Who entered something, and when. */
export function By({ username, at }: { username: string; at: string }) {
  const { language, t } = useI18n();
  const name = usePersonName(username);
  return (
    <div className="muted small">
      {t('common.by', { name })} · {formatMoment(at, language)}
    </div>
  );
}
