/** Narrows the list: the usual filters at hand, further ones folded (on a telephone all of them); chips say what is chosen. */
import { useCallback, useState, type ReactNode } from 'react';
import { getLatest } from '../../api/definitions';
import { DUE, type InboxQuery } from '../../api/inbox';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { useGroupNames } from '../../ui/names';
import { useNarrow } from '../../ui/useNarrow';
import { useResource } from '../../ui/useResource';
import { Chips } from './Chips';
import { variableText, variablesOf, type Changes } from './filters';

interface Props {
  query: InboxQuery;
  onChange: (changes: Changes) => void;
}

const USUAL = ['process', 'due', 'urgent'] as const;
const FURTHER = ['unit', 'businessId', 'unread', 'followUp'] as const;

export function FilterBar({ query, onChange }: Props) {
  const { pick, t } = useI18n();
  const processes = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const any = { value: '', label: t('inbox.any') };
  const known = (processes.data ?? []).map((each) => ({
    value: each.processDefinitionId,
    label: pick(each.name, each.nameEn) || each.processDefinitionId,
  }));
  const there = query.process === '' || known.some(({ value }) => value === query.process);
  const options = [any, ...known, ...(there ? [] : [{ value: query.process, label: query.process }])];
  const narrow = useNarrow();
  const usual = (
    <>
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
    </>
  );
  const further = <Further query={query} onChange={onChange} />;
  const isFurther = query.variables.length > 0 || FURTHER.some((part) => Boolean(query[part]));
  return (
    <>
      <section className="inbox-filters" aria-label={t('inbox.filters')}>
        {narrow ? (
          <Folded title={t('inbox.filters')} begins={isFurther || USUAL.some((part) => Boolean(query[part]))}>
            {usual}
            {further}
          </Folded>
        ) : (
          <>
            {usual}
            <Folded title={t('inbox.further')} begins={isFurther}>
              {further}
            </Folded>
          </>
        )}
      </section>
      <Chips query={query} processes={known} onChange={onChange} />
    </>
  );
}

/** Open from the beginning where something in it is chosen; from then on as the person leaves it. */
function Folded({ title, begins, children }: { title: string; begins: boolean; children: ReactNode }) {
  const [open] = useState(begins);
  return (
    <details className="inbox-further" open={open}>
      <summary>{title}</summary>
      <div className="inbox-filters">{children}</div>
    </details>
  );
}

function Further({ query, onChange }: Props) {
  const { t } = useI18n();
  const { groups } = useMe();
  const nameOf = useGroupNames(groups);
  const units = groups.map((each) => ({ value: each, label: nameOf(each) }));
  const there = query.unit === '' || groups.includes(query.unit);
  const yes = (chosen: boolean) => (chosen ? 'yes' : '');
  return (
    <>
      <Choice
        label={t('inbox.unit')}
        value={query.unit}
        options={[
          { value: '', label: t('inbox.any') },
          ...units,
          ...(there ? [] : [{ value: query.unit, label: query.unit }]),
        ]}
        onChange={(unit) => onChange({ unit })}
      />
      <Typed
        key={`case ${query.businessId}`}
        label={t('inbox.businessId')}
        hint={t('inbox.businessIdHint')}
        value={query.businessId}
        onDone={(businessId) => onChange({ case: businessId })}
      />
      <Typed
        key={`var ${variableText(query.variables)}`}
        label={t('inbox.variables')}
        hint={t('inbox.variablesHint')}
        value={variableText(query.variables)}
        check={(text) => (text === '' || variablesOf(text).length > 0 ? null : t('inbox.variablesHint'))}
        onDone={(text) => onChange({ var: variableText(variablesOf(text)) })}
      />
      <Check label={t('inbox.unreadOnly')} selected={query.unread} onChange={(on) => onChange({ unread: yes(on) })} />
      <Check
        label={t('inbox.followUpOnly')}
        selected={query.followUp}
        onChange={(on) => onChange({ followUp: yes(on) })}
      />
    </>
  );
}

interface TypedProps {
  label: string;
  hint: string;
  value: string;
  /** why it does not do */
  check?: (text: string) => string | null;
  onDone: (text: string) => void;
}

/** A filter that is typed: it holds once one presses Enter or its button. */
function Typed({ label, hint, value, check, onDone }: TypedProps) {
  const { t } = useI18n();
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  function done() {
    const why = check?.(text.trim()) ?? null;
    setError(why);
    if (why === null) onDone(text.trim());
  }
  return (
    <form
      className="inbox-typed"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <TextInput label={label} hint={hint} value={text} maxLength={200} error={error} onChange={setText} />
      <Button small type="submit" aria-label={t('inbox.useFilter', { name: label })}>
        {t('inbox.use')}
      </Button>
    </form>
  );
}
