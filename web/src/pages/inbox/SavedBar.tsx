/** How the list is shown, and keeping it so as a view of one's own. */
import { useRef, useState } from 'react';
import type { InboxQuery } from '../../api/inbox';
import { changeView, deleteView, saveView } from '../../api/inboxViews';
import type { SavedView } from '../../api/types';
import { useI18n } from '../../i18n';
import { RenameDialog } from '../../parts/RenameDialog';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { useAct } from '../../ui/useAct';
import { DisplayDialog } from './DisplayDialog';
import { contentOf, type Changes, type Display } from './filters';

interface Props {
  query: InboxQuery;
  display: Display;
  /** the view of one's own that is open */
  open: SavedView | undefined;
  onChange: (changes: Changes) => void;
  /** the saved ones have changed; `key` is to be open from now on, null: none of them */
  onSaved: (key: string | null) => void;
}

export function SavedBar({ query, display, open, onChange, onSaved }: Props) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const [asking, setAsking] = useState<'display' | 'save' | 'rename' | 'delete' | null>(null);
  const content = contentOf(query, display);

  async function keep(view: SavedView) {
    const done = await act(async () => {
      await changeView({ ...view, ...content });
      return t('inbox.saved.kept', { name: view.name });
    });
    if (done) onSaved(view.inboxViewKey);
  }

  return (
    <div className="row inbox-saved">
      <Button small onPress={() => setAsking('display')}>
        {t('inbox.display')}
      </Button>
      {open && differs(open, content) && (
        <Button small isDisabled={working} onPress={() => void keep(open)}>
          {t('inbox.saved.keep', { name: open.name })}
        </Button>
      )}
      <Button small kind="quiet" onPress={() => setAsking('save')}>
        {t('inbox.saved.save')}
      </Button>
      {open && (
        <Button small kind="quiet" onPress={() => setAsking('rename')}>
          {t('rename.of', { name: open.name })}
        </Button>
      )}
      {open && (
        <Button small kind="quiet" onPress={() => setAsking('delete')}>
          {t('inbox.saved.delete', { name: open.name })}
        </Button>
      )}
      {asking === 'display' && (
        <DisplayDialog display={display} sort={query.sort} onChange={onChange} onClose={() => setAsking(null)} />
      )}
      {asking === 'save' && (
        <SaveDialog
          save={(name) => saveView(name, content)}
          onClose={(key) => {
            setAsking(null);
            if (key) onSaved(key);
          }}
        />
      )}
      {asking === 'rename' && open && (
        <RenameDialog
          name={open.name}
          rename={(name) => changeView({ ...open, name })}
          onClose={(done) => {
            setAsking(null);
            if (done) onSaved(open.inboxViewKey);
          }}
        />
      )}
      {asking === 'delete' && open && (
        <ActionDialog
          title={t('inbox.saved.delete', { name: open.name })}
          hint={t('inbox.saved.deleteHint')}
          submit={t('inbox.saved.deleteNow')}
          act={() => deleteView(open).then(() => null)}
          onClose={(gone) => {
            setAsking(null);
            if (gone) onSaved(null);
          }}
        >
          {null}
        </ActionDialog>
      )}
    </div>
  );
}

/** By value: both were made by the same rules, or come from the server in the order of its own. */
function differs({ view, filter, columns, grouping, sort }: SavedView, now: ReturnType<typeof contentOf>): boolean {
  const sorted = (of: object) => JSON.stringify(Object.entries(of).toSorted(([a], [b]) => a.localeCompare(b)));
  return (
    view !== now.view ||
    grouping !== now.grouping ||
    sort !== now.sort ||
    columns.toSorted().join() !== now.columns.toSorted().join() ||
    sorted(filter) !== sorted(now.filter)
  );
}

function SaveDialog({
  save,
  onClose,
}: {
  save: (name: string) => Promise<string>;
  onClose: (key: string | null) => void;
}) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [name, setName] = useState('');
  const key = useRef<string | null>(null);
  async function act(): Promise<string | null> {
    if (name.trim() === '') return t('inbox.saved.nameMissing');
    key.current = await save(name.trim());
    return null;
  }
  return (
    <ActionDialog
      title={t('inbox.saved.save')}
      hint={t('inbox.saved.hint')}
      submit={t('inbox.saved.saveNow')}
      act={act}
      onClose={(done) => {
        if (done) announce(t('inbox.saved.made', { name: name.trim() }));
        onClose(done ? key.current : null);
      }}
    >
      <TextInput label={t('inbox.saved.name')} value={name} maxLength={100} onChange={setName} />
    </ActionDialog>
  );
}
