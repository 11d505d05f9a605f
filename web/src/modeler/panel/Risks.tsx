import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import type { Risk } from '../extensions';
import { BothTexts } from './BothTexts';

interface Props {
  risks: readonly Risk[];
  onChange: (risks: Risk[]) => void;
  /** an id that no other risk has */
  fresh: () => string;
}

/** What may go wrong at a step. */
export function Risks({ risks, onChange, fresh }: Props) {
  const { t } = useI18n();
  return (
    <>
      {risks.map((risk) => (
        <fieldset key={risk.id} className="panel-item">
          <legend>{risk.id}</legend>
          <BothTexts
            label={t('panel.risk')}
            value={risk.text}
            onCommit={(text) => onChange(risks.map((each) => (each.id === risk.id ? { ...each, text } : each)))}
          />
          <Button
            small
            aria-label={t('panel.removeOne', { name: risk.id })}
            onPress={() => onChange(risks.filter(({ id }) => id !== risk.id))}
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={() => onChange([...risks, { id: fresh(), text: { th: null, en: null } }])}>
        {t('panel.addRisk')}
      </Button>
    </>
  );
}
