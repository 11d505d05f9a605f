import { useCallback, useState } from 'react';
import { Form } from 'react-aria-components';
import { getStartable } from '../../api/definitions';
import { problemText } from '../../api/problem';
import { enter, type Entry } from '../../api/substitutions';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { DateField } from '../../parts/DateField';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useGroupNames } from '../../ui/names';
import { useResource } from '../../ui/useResource';

interface Props {
  /** the units that this person heads */
  headed: readonly string[];
  /** whether this person enters absences of anybody */
  forOthers: boolean;
  onEntered: () => void;
}

type Filled = Omit<Entry, 'substitute' | 'startDate' | 'endDate'> &
  Record<'substitute' | 'startDate' | 'endDate', string | null>;
const EMPTY: Filled = { absent: null, substitute: null, startDate: null, endDate: null, scope: 'all', scopeName: '' };
const SCOPES = ['all', 'group', 'process'] as const;

/** Enters who stands in: for oneself, and for others where one heads their unit. */
export function AbsenceForm({ headed, forOthers, onEntered }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [filled, setFilled] = useState(EMPTY);
  const [round, setRound] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const change = (changes: Partial<Filled>) => setFilled((before) => ({ ...before, ...changes }));

  async function submit() {
    const { substitute, startDate, endDate, scope, scopeName } = filled;
    if (!substitute || !startDate || !endDate || (scope !== 'all' && !scopeName)) {
      setError(t('absence.incomplete'));
      return;
    }
    setWorking(true);
    setError(null);
    try {
      await enter({ ...filled, substitute, startDate, endDate });
      announce(t('absence.saved'));
      setFilled(EMPTY);
      setRound(round + 1);
      onEntered();
    } catch (problem) {
      setError(problemText(problem, language, t));
    } finally {
      setWorking(false);
    }
  }

  return (
    <section className="card" aria-labelledby="new-absence">
      <h2 id="new-absence">{t('absence.new')}</h2>
      {/* a new round empties what the fields remember themselves */}
      <Form
        key={round}
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {(forOthers || headed.length > 0) && (
          <PeoplePicker
            label={t('absence.who')}
            hint={t('absence.whoHint')}
            chosen={filled.absent}
            onChoose={(absent) => change({ absent, scope: 'all', scopeName: '' })}
          />
        )}
        <PeoplePicker
          label={t('absence.substitute')}
          chosen={filled.substitute}
          onChoose={(substitute) => change({ substitute })}
        />
        <DateField
          id="absent-from"
          label={t('absence.from')}
          kind="datetime"
          onIso={(startDate) => change({ startDate })}
        />
        <DateField
          id="absent-until"
          label={t('absence.until')}
          kind="datetime"
          onIso={(endDate) => change({ endDate })}
        />
        <Choice
          label={t('absence.scope')}
          value={filled.scope}
          options={SCOPES.map((value) => ({ value, label: t(`absence.scope.${value}`) }))}
          onChange={(scope) => change({ scope, scopeName: '' })}
        />
        {filled.scope === 'group' && (
          <GroupChoice
            others={filled.absent === null ? null : headed}
            value={filled.scopeName}
            onChange={(scopeName) => change({ scopeName })}
          />
        )}
        {filled.scope === 'process' && (
          <ProcessChoice value={filled.scopeName} onChange={(scopeName) => change({ scopeName })} />
        )}
        {error && (
          <p className="notice danger" role="alert">
            {error}
          </p>
        )}
        <Button kind="primary" type="submit" isDisabled={working}>
          {t('absence.save')}
        </Button>
      </Form>
    </section>
  );
}

interface NameProps {
  value: string;
  onChange: (name: string) => void;
}

/** One's own groups; of a member, the units that one heads. */
function GroupChoice({ others, value, onChange }: NameProps & { others: readonly string[] | null }) {
  const { t } = useI18n();
  const { groups } = useMe();
  const offered = others ?? groups;
  const nameOf = useGroupNames(offered);
  const options = offered.map((group) => ({ value: group, label: nameOf(group) }));
  const none = { value: '', label: t('absence.choose') };
  return <Choice label={t('absence.group')} value={value} options={[none, ...options]} onChange={onChange} />;
}

function ProcessChoice({ value, onChange }: NameProps) {
  const { pick, t } = useI18n();
  const { data } = useResource(useCallback((signal: AbortSignal) => getStartable(signal), []));
  const options = (data ?? []).map((definition) => ({
    value: definition.processDefinitionId,
    label: pick(definition.name, definition.nameEn) || definition.processDefinitionId,
  }));
  const none = { value: '', label: t('absence.choose') };
  return <Choice label={t('absence.process')} value={value} options={[none, ...options]} onChange={onChange} />;
}
