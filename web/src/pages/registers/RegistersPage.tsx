/** The registers over all processes: choose one, narrow it, go to the step in its diagram, take it away as a table. */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { problemText } from '../../api/problem';
import { getRegister, REGISTERS, saveRegister, type Entry, type RegisterName } from '../../api/registers';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { useResource } from '../../ui/useResource';
import { RegisterTable } from './RegisterTable';
import './registers.css';

/** Entries that are drawn at once; searching looks through all of them. */
const PAGE = 100;

export default function RegistersPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const name = REGISTERS.find((each) => each === params.get('register')) ?? 'control-points';
  const register = useResource(useCallback((signal: AbortSignal) => getRegister(name, signal), [name]));
  const process = params.get('process') ?? '';
  const text = params.get('q') ?? '';
  const change = (changes: Record<string, string>) => {
    const next = { register: name, process, q: text, ...changes };
    setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace: true });
  };
  return (
    <>
      <PageTitle>{t('registers.title')}</PageTitle>
      <section className="register-choice" aria-label={t('registers.which')}>
        <Choice
          label={t('registers.which')}
          value={name}
          options={REGISTERS.map((value) => ({ value, label: t(`registers.${value}`) }))}
          onChange={(value) => change({ register: value })}
        />
        <ProcessChoice entries={register.data ?? []} value={process} onChange={(value) => change({ process: value })} />
        <SearchBox
          label={t('registers.search')}
          hint={t('registers.searchHint')}
          value={text}
          onSearch={(q) => change({ q })}
        />
        <Save name={name} />
      </section>
      {Boolean(register.error) && <Failure error={register.error} retry={register.reload} />}
      {!register.data && !register.error && <Loading />}
      {register.data && <Found key={name} name={name} entries={register.data} process={process} text={text} />}
    </>
  );
}

interface ProcessChoiceProps {
  entries: readonly Entry[];
  value: string;
  onChange: (process: string) => void;
}

function ProcessChoice({ entries, value, onChange }: ProcessChoiceProps) {
  const { pick, t } = useI18n();
  const processes = new Map(
    entries.map((entry) => [
      entry.processDefinitionId,
      pick(entry.processName.th, entry.processName.en) || entry.processDefinitionId,
    ]),
  );
  const options = [...processes].map(([id, label]) => ({ value: id, label }));
  const known = value === '' || processes.has(value) ? options : [...options, { value, label: value }];
  return (
    <Choice
      label={t('registers.process')}
      value={value}
      options={[{ value: '', label: t('registers.all') }, ...known]}
      onChange={onChange}
    />
  );
}

function Save({ name }: { name: RegisterName }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  async function save() {
    try {
      await saveRegister(name, language);
      announce(t('registers.saved'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }
  return <Button onPress={() => void save()}>{t('registers.save')}</Button>;
}

interface FoundProps {
  name: RegisterName;
  entries: readonly Entry[];
  process: string;
  text: string;
}

function Found({ name, entries, process, text }: FoundProps) {
  const { language, t } = useI18n();
  const [shown, setShown] = useState(PAGE);
  const found = useMemo(
    () => entries.filter((entry) => (!process || entry.processDefinitionId === process) && says(entry, text)),
    [entries, process, text],
  );
  return (
    <>
      <p className="muted" role="status">
        {t('registers.found', { n: formatNumber(found.length, language) })}
      </p>
      {found.length === 0 && <p className="card">{t('registers.none')}</p>}
      {found.length > 0 && <RegisterTable name={name} entries={found.slice(0, shown)} />}
      {found.length > shown && <Button onPress={() => setShown(shown + PAGE)}>{t('common.more')}</Button>}
    </>
  );
}

/** Whether any text of an entry holds what is looked for, in either language. */
function says(entry: Entry, text: string): boolean {
  if (!text) return true;
  const wanted = text.toLocaleLowerCase();
  const { id, unit, stepKey, processName, elementName, text: own } = entry;
  const texts = [id, unit, stepKey, processName.th, processName.en, elementName?.th, elementName?.en, own?.th, own?.en];
  return texts.some((each) => each?.toLocaleLowerCase().includes(wanted));
}
