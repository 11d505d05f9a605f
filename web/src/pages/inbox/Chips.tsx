/** The filters that hold, each to be taken away by itself, and all at once. */
import type { InboxQuery } from '../../api/inbox';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { useGroupNames } from '../../ui/names';
import { NARROWING, variableText, type Changes, type Narrowing } from './filters';

interface Props {
  query: InboxQuery;
  processes: readonly { value: string; label: string }[];
  onChange: (changes: Changes) => void;
}

export function Chips({ query, processes, onChange }: Props) {
  const { t } = useI18n();
  const nameOf = useGroupNames(query.unit ? [query.unit] : []);
  const { process, unit, businessId, due, urgent, unread, followUp, variables } = query;
  const text: Record<Narrowing, string> = {
    process: process && `${t('inbox.process')}: ${processes.find((p) => p.value === process)?.label ?? process}`,
    unit: unit && `${t('inbox.unit')}: ${nameOf(unit)}`,
    case: businessId && `${t('inbox.businessId')}: ${businessId}`,
    due: due && `${t('inbox.due')}: ${t(`inbox.due.${due}`)}`,
    priority: urgent ? `${t('inbox.priority')}: ${t('inbox.priority.high')}` : '',
    unread: unread ? t('inbox.unreadOnly') : '',
    followUp: followUp ? t('inbox.followUpOnly') : '',
    var: variables.length > 0 ? `${t('inbox.variables')}: ${variableText(variables)}` : '',
  };
  const chosen = NARROWING.filter((name) => text[name] !== '');
  if (chosen.length === 0) return null;
  const without = (names: readonly Narrowing[]) => onChange(Object.fromEntries(names.map((name) => [name, ''])));
  return (
    <ul className="plain-list inbox-chips" aria-label={t('inbox.chosen')}>
      {chosen.map((name) => (
        <li key={name}>
          <Button small onPress={() => without([name])} aria-label={t('inbox.without', { filter: text[name] })}>
            {text[name]} <span aria-hidden="true">✕</span>
          </Button>
        </li>
      ))}
      <li>
        <Button small kind="quiet" onPress={() => without(chosen)}>
          {t('inbox.clearFilters', { n: chosen.length })}
        </Button>
      </li>
    </ul>
  );
}
