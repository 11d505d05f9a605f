import { useEffect } from 'react';
import { Group } from 'react-aria-components';
import type { DecisionEditor } from '../../../decisions/editor';
import { useI18n } from '../../../i18n';
import { Button } from '../../../ui/Button';

/** Takes changes back and does them again, with the keys that people know. What is being typed has its own. */
export function Steps({ editor, edition }: { editor: DecisionEditor | null; edition: number }) {
  const { t } = useI18n();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [role=dialog]');
      if (!editor || typing || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) editor.undo();
      else if (key === 'y' || key === 'z') editor.redo();
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [editor]);
  return (
    <Group className="row" aria-label={t('dmn.steps')} data-edition={edition}>
      <Button small isDisabled={!editor?.canUndo()} onPress={() => editor?.undo()}>
        {t('draft.undo')}
      </Button>
      <Button small isDisabled={!editor?.canRedo()} onPress={() => editor?.redo()}>
        {t('draft.redo')}
      </Button>
    </Group>
  );
}
