import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { useAct } from '../../ui/useAct';
import type { Drawn } from './useLayout';

/** Says that the diagram was drawn anew, perhaps with a pattern in it, and takes it back. */
export function DrawnAnew({ done, takeBack }: { done: Drawn['done']; takeBack: () => Promise<string> }) {
  const { t } = useI18n();
  const { working, act } = useAct();
  return (
    <div className="notice row">
      <span>{t(`${done}.done`)}</span>
      <Button small isDisabled={working} onPress={() => void act(takeBack)}>
        {t(`${done}.takeBack`)}
      </Button>
    </div>
  );
}
