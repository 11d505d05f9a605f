import { Group } from 'react-aria-components';
import { useI18n } from '../../i18n';
import type { Editor } from '../../modeler/editor';
import { Button } from '../../ui/Button';

interface Props {
  editor: Editor | null;
  /** says that the drawing has changed: undo may be possible now */
  edition: number;
  /** Draws it anew. */
  onLayOut: () => void;
  /** Asks which pattern to put in. */
  onPattern: () => void;
}

/** What can be done with the drawing as a whole. */
export function Tools({ editor, edition, onLayOut, onPattern }: Props) {
  const { t } = useI18n();
  const closed = !editor;
  return (
    <Group className="row" aria-label={t('draft.tools')} data-edition={edition}>
      <Button small isDisabled={!editor?.canUndo()} onPress={() => editor?.undo()}>
        {t('draft.undo')}
      </Button>
      <Button small isDisabled={!editor?.canRedo()} onPress={() => editor?.redo()}>
        {t('draft.redo')}
      </Button>
      <Button small isDisabled={closed} onPress={() => editor?.search()}>
        {t('draft.search')}
      </Button>
      <Button small isDisabled={closed} onPress={() => editor?.zoom('in')} aria-label={t('diagram.zoomIn')}>
        +
      </Button>
      <Button small isDisabled={closed} onPress={() => editor?.zoom('out')} aria-label={t('diagram.zoomOut')}>
        −
      </Button>
      <Button small isDisabled={closed} onPress={() => editor?.zoom('fit')}>
        {t('diagram.fit')}
      </Button>
      <Button small isDisabled={closed} onPress={onLayOut}>
        {t('layout.do')}
      </Button>
      <Button small isDisabled={closed} onPress={onPattern}>
        {t('pattern.do')}
      </Button>
    </Group>
  );
}
