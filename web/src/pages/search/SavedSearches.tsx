/** One's own searches: chosen again, kept under a name, given up. They are kept on the server. */
import { useCallback, useState } from 'react';
import type { CaseSearch } from '../../api/caseSearch';
import { deleteSearch, getSavedSearches, renameSearch, saveSearch, type SavedSearch } from '../../api/savedSearches';
import { useI18n } from '../../i18n';
import { RenameDialog } from '../../parts/RenameDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { useResource } from '../../ui/useResource';

interface Props {
  search: CaseSearch;
  onSearch: (search: CaseSearch) => void;
}

export function SavedSearches({ search, onSearch }: Props) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const saved = useResource(useCallback((signal: AbortSignal) => getSavedSearches(signal), []));
  const [failed, setFailed] = useState<unknown>(null);
  const [renamed, setRenamed] = useState<SavedSearch | null>(null);
  async function act(work: () => Promise<void>, said: string) {
    setFailed(null);
    try {
      await work();
      announce(said);
      saved.reload();
      return true;
    } catch (error) {
      setFailed(error);
      return false;
    }
  }
  const searching = Object.values(search).some((value) => value !== '');
  return (
    <section className="saved-searches" aria-label={t('saved.title')}>
      {saved.error ? <Failure error={saved.error} retry={saved.reload} /> : null}
      {saved.data && saved.data.length > 0 && (
        <ul className="plain-list search-conditions">
          {saved.data.map((item) => (
            <li key={item.savedSearchKey} className="saved-search">
              <Button small onPress={() => onSearch(item.search)}>
                {item.name}
              </Button>
              <Button small aria-label={t('rename.of', { name: item.name })} onPress={() => setRenamed(item)}>
                <span aria-hidden="true">✎</span>
              </Button>
              <Button
                small
                aria-label={t('saved.delete', { name: item.name })}
                onPress={() => void act(() => deleteSearch(item.savedSearchKey), t('saved.deleted'))}
              >
                <span aria-hidden="true">✕</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {searching && <Save onSave={(name) => act(() => saveSearch(name, search), t('saved.done'))} />}
      {Boolean(failed) && <Failure error={failed} />}
      {renamed && (
        <RenameDialog
          name={renamed.name}
          rename={(name) => renameSearch(renamed.savedSearchKey, name)}
          onClose={(done) => {
            setRenamed(null);
            if (done) saved.reload();
          }}
        />
      )}
    </section>
  );
}

function Save({ onSave }: { onSave: (name: string) => Promise<boolean> }) {
  const { t } = useI18n();
  const [name, setName] = useState('');
  return (
    <form
      className="search-buttons"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(name).then((done) => {
          if (done) setName('');
        });
      }}
    >
      <TextInput label={t('saved.name')} value={name} maxLength={100} onChange={setName} />
      <Button type="submit" isDisabled={name.trim() === ''}>
        {t('saved.save')}
      </Button>
    </form>
  );
}
