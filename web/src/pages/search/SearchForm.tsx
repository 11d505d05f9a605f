/** What is looked for: words and the most used conditions at once, the others behind a fold. Nothing is asked of the
 * server before the form is sent. */
import { useCallback, useState } from 'react';
import {
  COMPARISONS,
  CONTROLS,
  DEADLINES,
  INTERVENTIONS,
  NOTHING,
  PARTS,
  PERIODS,
  STATES,
  type CaseSearch,
  type Part,
} from '../../api/caseSearch';
import { getLatest } from '../../api/definitions';
import { getUnits } from '../../api/directory';
import { DayInput } from '../../forms/DayInput';
import { useI18n, type MessageKey } from '../../i18n';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { useResource } from '../../ui/useResource';

const FOLDED: readonly Part[] = ['number', 'version', 'part', 'control', 'deadline', 'intervention', 'variable'];

interface Props {
  search: CaseSearch;
  onSearch: (search: CaseSearch) => void;
}

export function SearchForm({ search, onSearch }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(search);
  const change = (part: Partial<CaseSearch>) => setDraft((before) => ({ ...before, ...part }));
  const props = { draft, change };
  return (
    <form
      className="card case-search"
      role="search"
      aria-label={t('search.form')}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(trimmed(draft));
      }}
    >
      <div className="search-fields">
        <Words {...props} part="words" label="search.words" hint="search.wordsHint" />
        <Processes {...props} />
        <Chosen {...props} part="state" values={STATES} text="case.state" />
        <Units {...props} />
        <PeoplePicker
          label={t('search.person')}
          chosen={draft.person || null}
          onChoose={(person) => change({ person: person ?? '' })}
        />
      </div>
      <Period {...props} />
      <details open={FOLDED.some((part) => search[part] !== '')}>
        <summary>{t('search.more')}</summary>
        <div className="search-fields">
          <Words {...props} part="number" label="search.number" />
          <Words {...props} part="version" label="search.version" />
          <Chosen {...props} part="part" values={PARTS} text="search.part" />
          <Chosen {...props} part="control" values={CONTROLS} text="control" />
          <Chosen {...props} part="deadline" values={DEADLINES} text="search.deadline" />
          <Chosen {...props} part="intervention" values={INTERVENTIONS} text="search.intervention" />
        </div>
        <div className="search-fields" role="group" aria-label={t('search.data')}>
          <Words {...props} part="variable" label="search.variable" hint="search.variableHint" />
          <Choice
            label={t('search.compare')}
            value={draft.compare || COMPARISONS[0]}
            options={COMPARISONS.map((value) => ({ value: value as string, label: t(`search.compare.${value}`) }))}
            onChange={(compare) => change({ compare })}
          />
          <Words {...props} part="value" label="search.value" />
        </div>
      </details>
      <div className="search-buttons">
        <Button type="submit" kind="primary">
          {t('search.submit')}
        </Button>
        <Button onPress={() => onSearch(NOTHING)}>{t('search.clear')}</Button>
      </div>
    </form>
  );
}

/** Parts that say nothing without another one go with it. */
function trimmed(draft: CaseSearch): CaseSearch {
  const parts = Object.entries(draft).map(([part, value]) => [part, (value as string).trim()]);
  const search = Object.fromEntries(parts) as unknown as CaseSearch;
  return {
    ...search,
    version: search.version.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)),
    ...(!search.person && { part: '' }),
    ...(!search.from && !search.until && { period: '' }),
    ...(!search.variable && { compare: '', value: '' }),
  };
}

interface FieldProps {
  draft: CaseSearch;
  change: (part: Partial<CaseSearch>) => void;
}

function Words({
  draft,
  change,
  part,
  label,
  hint,
}: FieldProps & { part: Part; label: MessageKey; hint?: MessageKey }) {
  const { t } = useI18n();
  return (
    <TextInput
      label={t(label)}
      {...(hint && { hint: t(hint) })}
      value={draft[part]}
      maxLength={200}
      onChange={(value) => change({ [part]: value })}
    />
  );
}

interface ChosenProps extends FieldProps {
  part: Part;
  values: readonly string[];
  /** how the texts of the values begin */
  text: string;
}

function Chosen({ draft, change, part, values, text }: ChosenProps) {
  const { t } = useI18n();
  return (
    <Choice
      label={t(`search.${part}` as MessageKey)}
      value={draft[part]}
      options={[
        { value: '', label: t('search.any') },
        ...values.map((value) => ({ value, label: t(`${text}.${value}` as MessageKey) })),
      ]}
      onChange={(value) => change({ [part]: value })}
    />
  );
}

function Processes({ draft, change }: FieldProps) {
  const { pick, t } = useI18n();
  const { data } = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const known = (data ?? []).map((each) => ({
    value: each.processDefinitionId,
    label: pick(each.name, each.nameEn) || each.processDefinitionId,
  }));
  const options = withChosen(known, draft.process);
  return (
    <Choice
      label={t('search.process')}
      value={draft.process}
      options={[{ value: '', label: t('search.any') }, ...options]}
      onChange={(process) => change({ process })}
    />
  );
}

function Units({ draft, change }: FieldProps) {
  const { pick, t } = useI18n();
  const { data } = useResource(useCallback((signal: AbortSignal) => getUnits(signal), []));
  const known = (data ?? []).map((each) => ({ value: each.groupId, label: pick(each.name, each.nameEn) }));
  return (
    <Choice
      label={t('search.unit')}
      value={draft.unit}
      options={[{ value: '', label: t('search.any') }, ...withChosen(known, draft.unit)]}
      onChange={(unit) => change({ unit })}
    />
  );
}

interface Option {
  value: string;
  label: string;
}

/** What the address asks for stays chosen while the list is not there yet, or if it is not in it. */
function withChosen(options: readonly Option[], chosen: string): readonly Option[] {
  const there = chosen === '' || options.some(({ value }) => value === chosen);
  return there ? options : [...options, { value: chosen, label: chosen }];
}

function Period({ draft, change }: FieldProps) {
  const { t } = useI18n();
  return (
    <div className="search-fields" role="group" aria-label={t('search.period')}>
      <Choice
        label={t('search.period')}
        value={draft.period || PERIODS[0]}
        options={PERIODS.map((value) => ({ value: value as string, label: t(`search.period.${value}`) }))}
        onChange={(period) => change({ period })}
      />
      <DayInput
        id="search-from"
        label={t('search.from')}
        day={draft.from || null}
        onDay={(from) => change({ from: from ?? '' })}
      />
      <DayInput
        id="search-until"
        label={t('search.until')}
        day={draft.until || null}
        onDay={(until) => change({ until: until ?? '' })}
      />
    </div>
  );
}
