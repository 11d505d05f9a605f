/** What a history is narrowed to: kind of event, person, step, text. */
import { useMemo } from 'react';
import type { HistoryEvent } from '../../api/types';
import { nameOf, type Names } from '../../diagram/names';
import { isMessageKey, useI18n } from '../../i18n';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { forgotten } from '../../ui/erased';
import { usePersonNames } from '../../ui/names';
import { SearchBox } from '../../ui/SearchBox';
import { occurring, type TimelineFilter } from './timelineFilter';

interface Props {
  events: readonly HistoryEvent[];
  names: Names;
  filter: TimelineFilter;
  shown: number;
  onChange: (filter: TimelineFilter) => void;
}

const SYSTEM = 'system';

export function TimelineFilters({ events, names, filter, shown, onChange }: Props) {
  const { pick, t } = useI18n();
  const known = useMemo(() => occurring(events), [events]);
  const nameOfPerson = usePersonNames(known.persons.filter((name) => name !== SYSTEM && !forgotten(name)));
  const personName = (name: string) => {
    const gone = forgotten(name);
    if (gone) return t('common.forgotten', { n: gone });
    return name === SYSTEM ? t('common.system') : nameOfPerson(name);
  };
  const any = { value: '', label: t('replay.any') };
  const labelled = (values: readonly string[], labelOf: (value: string) => string) => [
    any,
    ...values.map((value) => ({ value, label: labelOf(value) })).toSorted((a, b) => a.label.localeCompare(b.label)),
  ];
  const typeName = (type: string) => {
    const key = `event.${type}`;
    return isMessageKey(key) ? t(key) : type;
  };
  return (
    <div role="search" aria-label={t('replay.filters')} className="timeline-tools">
      <Choice
        label={t('replay.kind')}
        value={filter.type}
        options={labelled(known.types, typeName)}
        onChange={(type) => onChange({ ...filter, type })}
      />
      <Choice
        label={t('replay.person')}
        value={filter.person}
        options={labelled(known.persons, personName)}
        onChange={(person) => onChange({ ...filter, person })}
      />
      <Choice
        label={t('replay.step')}
        value={filter.element}
        options={labelled(known.elements, (id) => nameOf(names, id, pick))}
        onChange={(element) => onChange({ ...filter, element })}
      />
      <SearchBox
        label={t('replay.search')}
        hint={t('replay.searchHint')}
        value={filter.text}
        onSearch={(text) => onChange({ ...filter, text })}
      />
      <Check label={t('case.allEvents')} selected={filter.all} onChange={(all) => onChange({ ...filter, all })} />
      <p role="status" className="muted small">
        {t('replay.shown', { n: shown, all: events.length })}
      </p>
    </div>
  );
}
