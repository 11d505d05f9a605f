import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { useAct } from '../../ui/useAct';

/** Says that the diagram was drawn anew, and takes it back. */
export function DrawnAnew({ takeBack }: { takeBack: () => Promise<string> }) {
  const { t } = useI18n();
  const { working, act } = useAct();
  return (
    <div className="notice row">
      <span>{t('layout.done')}</span>
      <Button small isDisabled={working} onPress={() => void act(takeBack)}>
        {t('layout.takeBack')}
      </Button>
    </div>
  );
}
