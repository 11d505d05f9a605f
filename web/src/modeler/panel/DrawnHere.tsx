import { useI18n } from '../../i18n';
import { AddChoice } from '../../ui/AddChoice';
import { Button } from '../../ui/Button';
import { ADDED, type Added } from '../drawing';
import type { Editor, Shape } from '../editor';

interface Props {
  editor: Editor;
  shape: Shape;
}

/** What is drawn with the mouse, by keyboard and on a telephone: what follows the chosen element, where it leads, its end. */
export function DrawnHere({ editor, shape }: Props) {
  const { t } = useI18n();
  const { drawing } = editor;
  const targets = drawing.leadsOn(shape) ? drawing.targets(shape) : [];
  const nameOf = ({ id, businessObject }: Shape) => businessObject.get('name') ?? id;
  return (
    <>
      <h3>{t('drawing.title')}</h3>
      {drawing.leadsOn(shape) && (
        <AddChoice
          label={t('drawing.after')}
          none={t('panel.choose')}
          options={ADDED.map((value) => ({ value, label: t(`drawing.${value}`) }))}
          onAdd={(added) => editor.choose(drawing.add(shape, added as Added))}
        />
      )}
      {targets.length > 0 && (
        <AddChoice
          label={t('drawing.flow')}
          none={t('panel.choose')}
          options={targets.map((target) => ({ value: target.id, label: nameOf(target) }))}
          onAdd={(id) => {
            const target = editor.find(id);
            if (target) drawing.connect(shape, target);
          }}
        />
      )}
      <Button small onPress={() => drawing.remove(shape)}>
        {t('drawing.remove')}
      </Button>
    </>
  );
}
