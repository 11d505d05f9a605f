/** The conditions that hold, each to be taken away by itself. */
import { useCallback } from 'react';
import { COMPARISONS, NOTHING, PERIODS, type CaseSearch, type Part } from '../../api/caseSearch';
import { getLatest } from '../../api/definitions';
import { formatMoment, localDigits } from '../../dates/format';
import { useI18n, type MessageKey } from '../../i18n';
import { Button } from '../../ui/Button';
import { useGroupNames, usePersonNames } from '../../ui/names';
import { useResource } from '../../ui/useResource';

interface Condition {
  text: string;
  /** the parts of the search that go with it */
  parts: readonly Part[];
}

interface Props {
  search: CaseSearch;
  onSearch: (search: CaseSearch) => void;
}

export function Conditions({ search, onSearch }: Props) {
  const { t } = useI18n();
  const conditions = useConditions(search);
  if (conditions.length === 0) return null;
  const without = (parts: readonly Part[]) =>
    onSearch(parts.reduce((rest, part) => ({ ...rest, [part]: NOTHING[part] }), search));
  return (
    <ul className="plain-list search-conditions" aria-label={t('search.conditions')}>
      {conditions.map(({ text, parts }) => (
        <li key={parts[0]}>
          <Button small onPress={() => without(parts)} aria-label={t('search.without', { condition: text })}>
            {text} <span aria-hidden="true">✕</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function useConditions(search: CaseSearch): Condition[] {
  const { pick, t, language } = useI18n();
  const { data } = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const unitName = useGroupNames(search.unit ? [search.unit] : []);
  const personName = usePersonNames(search.person ? [search.person] : []);
  const said = (part: Part, value: string): Condition => ({
    text: `${t(`search.${part}` as MessageKey)}: ${value}`,
    parts: [part],
  });
  const process = data?.find(({ processDefinitionId }) => processDefinitionId === search.process);
  const parts: [Part, string][] = [
    ['words', search.words],
    ['number', search.number],
    ['process', (process && pick(process.name, process.nameEn)) || search.process],
    ['version', localDigits(search.version, language)],
    ['state', search.state && t(`case.state.${search.state}` as MessageKey)],
    ['unit', search.unit && unitName(search.unit)],
    ['control', search.control && t(`control.${search.control}` as MessageKey)],
    ['deadline', search.deadline && t(`search.deadline.${search.deadline}` as MessageKey)],
    ['intervention', search.intervention && t(`search.intervention.${search.intervention}` as MessageKey)],
  ];
  const found = parts.filter(([, value]) => value !== '').map(([part, value]) => said(part, value));
  if (search.person) {
    const part = search.part && ` (${t(`search.part.${search.part}` as MessageKey)})`;
    found.push({ text: `${t('search.person')}: ${personName(search.person)}${part}`, parts: ['person', 'part'] });
  }
  if (search.from || search.until) {
    const period = t(`search.period.${search.period || PERIODS[0]}` as MessageKey);
    const day = (iso: string) => (iso ? formatMoment(`${iso}T12:00:00+07:00`, language, 'date') : '…');
    found.push({ text: `${period}: ${day(search.from)} – ${day(search.until)}`, parts: ['from', 'until', 'period'] });
  }
  if (search.variable) {
    const compare = t(`search.compare.${search.compare || COMPARISONS[0]}` as MessageKey);
    const value = search.value && ` ${compare} ${search.value}`;
    found.push({ text: `${t('search.data')}: ${search.variable}${value}`, parts: ['variable', 'compare', 'value'] });
  }
  return found;
}
