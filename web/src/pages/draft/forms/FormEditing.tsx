import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { Group } from 'react-aria-components';
import { getDraftForm, tryForm } from '../../../api/draftForms';
import type { FileContent, Finding, ModelDraft } from '../../../api/modelDrafts';
import { AddMenu } from '../../../formeditor/AddMenu';
import type { FormEditor, Opened } from '../../../formeditor/editor';
import '../../../formeditor/formeditor.css';
import { Outline } from '../../../formeditor/Outline';
import { Properties } from '../../../formeditor/Properties';
import { TestPane } from '../../../formeditor/TestPane';
import { everyComponent } from '../../../formeditor/tree';
import { useI18n } from '../../../i18n';
import { Problem } from '../../../api/client';
import { Button } from '../../../ui/Button';
import { useResource } from '../../../ui/useResource';
import { Actions } from '../Actions';
import { Findings } from '../Findings';
import { NOT_SAVED } from '../notSaved';
import { Saving } from '../Saving';
import { useDraftParts } from '../useDraftParts';
import { useFindings } from '../useFindings';
import { useLeaving } from '../useLeaving';
import { useSaver } from '../useSaver';
import { useFormNames } from './useFormNames';

interface Props {
  draft: ModelDraft;
  /** as it was opened */
  file: FileContent;
  editor: FormEditor;
  /** Reads the file anew, and drops what is not saved. */
  again: () => void;
  onFile: (path: string) => void;
  onDone: () => void;
}

/** A form that is changed: its components, what the chosen one says, the form as staff sees it, what is wrong. */
export function FormEditing({ draft, file, editor, again, onFile, onDone }: Props) {
  const { t } = useI18n();
  const { draftKey } = draft;
  const { path } = file;
  const now = useSyncExternalStore<Opened>(editor.subscribe, editor.snapshot);
  const saver = useSaver(draftKey, file, editor);
  const saving = useSyncExternalStore(saver.subscribe, saver.snapshot);
  useLeaving(saving.kind !== 'saved', saver);
  const { revision } = saving;
  const check = useFindings({ draftKey, path, editor: null, revision });
  const errors = check.findings?.filter(({ severity }) => severity === 'ERROR').length ?? 0;
  const parts = useDraftParts(draft);
  const ask = useFormNames(draft, now.form);
  const shown = useResource(
    useCallback(
      // the revision says that there is something else to read
      async (signal: AbortSignal) => (revision < 0 ? '' : (await getDraftForm(draftKey, path, signal)).schema),
      [draftKey, path, revision],
    ),
  );
  const forms = useMemo(() => parts.forms.filter(({ formId }) => formId !== now.form.id), [parts.forms, now.form.id]);

  function show({ path: where, elementId }: Finding) {
    if (where !== path && draft.files.some((each) => each.path === where)) return onFile(where);
    const found = everyComponent(now.form).find(({ component: { id, key, path: at } }) =>
      [id, key, at].includes(elementId ?? undefined),
    );
    return found && editor.choose(found.path);
  }

  return (
    <>
      <div className="row draft-tools">
        <Group className="row" aria-label={t('formedit.tools')}>
          <AddMenu editor={editor} now={now} />
          <Button small isDisabled={!now.canUndo} onPress={editor.undo}>
            {t('draft.undo')}
          </Button>
          <Button small isDisabled={!now.canRedo} onPress={editor.redo}>
            {t('draft.redo')}
          </Button>
          <Button small isDisabled={now.chosen === null} onPress={() => editor.choose(null)}>
            {t('formedit.whole')}
          </Button>
        </Group>
        <Saving state={saving} draftKey={draftKey} onTheirs={again} onMine={saver.saveOver} />
        <Actions draft={draft} settled={saver.settled} errors={errors} onDone={onDone} />
      </div>
      <div className="formedit">
        <section className="card" aria-labelledby="outline-title">
          <h2 id="outline-title">{t('formedit.outline')}</h2>
          <Outline editor={editor} now={now} />
        </section>
        <div className="draft-side">
          <Properties editor={editor} now={now} forms={forms} ask={ask} />
        </div>
        <TestPane
          schema={shown}
          onTry={async (variables, submission) => {
            if (!(await saver.settled())) throw new Problem(NOT_SAVED);
            return tryForm(draftKey, { path, variables, submission });
          }}
        />
      </div>
      <Findings check={check} path={path} onShow={show} />
    </>
  );
}
