/** Imports people, groups and roles from files: chosen, previewed, done as it was previewed. */
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { importPeople, previewImport, type Chosen, type PeopleImport } from '../../api/peopleImports';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { PageTitle } from '../../ui/PageTitle';
import { Parts } from '../people/Parts';
import { Difference } from './Difference';
import { Refusal } from './Refusal';
import '../people/people.css';

/** Names of files and columns, which are the same in every language. */
const TABLES = [
  ['people.csv', 'account, name, email, groups, roles, clearance'],
  ['groups.csv', 'key, kind, th, en, parent, head'],
] as const;
const KINDS = ['.csv', '.yaml', '.yml'];
const NOTHING: Chosen = { files: [], deactivateMissing: false };

export default function ImportPage() {
  const { t } = useI18n();
  const [chosen, setChosen] = useState(NOTHING);
  const [told, setTold] = useState<PeopleImport | null>(null);
  const [done, setDone] = useState<PeopleImport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  // what was shown is not what would be done any more
  const choose = (part: Partial<Chosen>) => {
    setChosen({ ...chosen, ...part });
    setTold(null);
    setDone(null);
    setError(null);
  };

  async function act(what: () => Promise<PeopleImport>, then: (answer: PeopleImport) => void) {
    setWorking(true);
    setError(null);
    try {
      then(await what());
    } catch (problem) {
      setTold(null);
      setError(problem);
    }
    setWorking(false);
  }

  return (
    <>
      <PageTitle>{t('accounts.import')}</PageTitle>
      <Parts />
      <section className="card" aria-label={t('accounts.importChoose')}>
        <p>{t('accounts.importWhat')}</p>
        <p className="muted small break">
          {t('accounts.importColumns')}
          {TABLES.map(([file, columns]) => (
            <code key={file} className="import-columns">
              {file}: {columns}
            </code>
          ))}
        </p>
        <div className="row">
          <FileTrigger
            acceptedFileTypes={KINDS}
            allowsMultiple
            onSelect={(list) => list && choose({ files: [...list] })}
          >
            <Button isDisabled={working}>{t('accounts.importChoose')}</Button>
          </FileTrigger>
          {chosen.files.length > 0 && (
            <span>{t('accounts.importFiles', { names: chosen.files.map(({ name }) => name).join(', ') })}</span>
          )}
        </div>
        <p />
        <Check
          label={t('accounts.importMissing')}
          selected={chosen.deactivateMissing}
          disabled={working}
          onChange={(deactivateMissing) => choose({ deactivateMissing })}
        />
        <p />
        <Button
          kind="primary"
          isDisabled={working || chosen.files.length === 0}
          onPress={() => void act(() => previewImport(chosen), setTold)}
        >
          {t(working ? 'accounts.importWorking' : 'accounts.importPreview')}
        </Button>
      </section>
      {error !== null && <Refusal error={error} />}
      {told && (
        <Difference
          told={told}
          working={working}
          onImport={() =>
            void act(
              () => importPeople(chosen, told.digest),
              (answer) => {
                setTold(null);
                setDone(answer);
              },
            )
          }
        />
      )}
      <div role="status">{done && <Done told={done} />}</div>
    </>
  );
}

function Done({ told }: { told: PeopleImport }) {
  const { t } = useI18n();
  return (
    <p className="notice">
      <strong>{t('accounts.importDone')}</strong>{' '}
      {t('accounts.importCount', {
        added: told.added.length,
        changed: told.changed.length,
        gone: told.deactivated ? told.missing.length : 0,
      })}
    </p>
  );
}
