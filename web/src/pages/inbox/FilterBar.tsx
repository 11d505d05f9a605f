/** Narrows the list by process, due day and priority. */
import { useCallback } from 'react';
import { getLatest } from '../../api/definitions';
import type { InboxQuery } from '../../api/userTasks';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { useResource } from '../../ui/useResource';
import { chosen, DUE } from './filters';

interface Props {
  query: InboxQuery;
  onChange: (changes: Record<string, string>) => void;
}

export function FilterBar({ query, onChange }: Props) {
  const { pick, t } = useI18n();
  const processes = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const n = chosen(query);
  const any = { value: '', label: t('inbox.any') };
  const known = (processes.data ?? []).map((each) => ({
    value: each.processDefinitionId,
    label: pick(each.name, each.nameEn) || each.processDefinitionId,
  }));
  const there = query.process === '' || known.some(({ value }) => value === query.process);
  const options = [any, ...known, ...(there ? [] : [{ value: query.process, label: query.process }])];
  return (
    <section className="inbox-filters" aria-label={t('inbox.filters')}>
      {Boolean(processes.error) && <Failure error={processes.error} retry={processes.reload} />}
      <Choice
        label={t('inbox.process')}
        value={query.process}
        options={options}
        onChange={(process) => onChange({ process })}
      />
      <Choice
        label={t('inbox.due')}
        value={query.due}
        options={[any, ...DUE.map((each) => ({ value: each, label: t(`inbox.due.${each}`) }))]}
        onChange={(due) => onChange({ due })}
      />
      <Choice
        label={t('inbox.priority')}
        value={query.urgent ? 'high' : ''}
        options={[any, { value: 'high', label: t('inbox.priority.high') }]}
        onChange={(priority) => onChange({ priority })}
      />
      {n > 0 && (
        <Button small onPress={() => onChange({ process: '', due: '', priority: '' })}>
          {t('inbox.clearFilters', { n })}
        </Button>
      )}
    </section>
  );
}
