/** Theme, size of letters and motion: what is chosen is seen at once, behind the dialog as well. */
import { useState } from 'react';
import { Dialog, Heading, Label, Modal, ModalOverlay, Radio, RadioGroup } from 'react-aria-components';
import { localDigits } from '../dates/format';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Check } from '../ui/Check';
import { Choice } from '../ui/Choice';
import { chooseAppearance, readAppearance, TEXT_SIZES, THEMES, USUAL, type Appearance, type Theme } from './appearance';
import './appearance.css';

export function AppearanceDialog({ onClose }: { onClose: () => void }) {
  const { language, t } = useI18n();
  const [chosen, setChosen] = useState(readAppearance);
  const choose = (change: Partial<Appearance>) => {
    const next = { ...chosen, ...change };
    chooseAppearance(next);
    setChosen(next);
  };
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-box">
        <Dialog>
          <Heading slot="title">{t('look.title')}</Heading>
          <p className="muted small">{t('look.hint')}</p>
          <RadioGroup
            className="field theme-choice"
            value={chosen.theme}
            onChange={(theme) => choose({ theme: theme as Theme })}
          >
            <Label>{t('look.theme')}</Label>
            {THEMES.map((theme) => (
              <Radio key={theme} value={theme} className="theme-option">
                <span className="radio-mark" aria-hidden="true" />
                {t(`look.theme.${theme}`)}
              </Radio>
            ))}
          </RadioGroup>
          <Choice
            label={t('look.textSize')}
            value={chosen.textSize}
            options={TEXT_SIZES.map((value) => ({ value, label: `${localDigits(value, language)}%` }))}
            onChange={(textSize) => choose({ textSize })}
          />
          <Check label={t('look.still')} selected={chosen.still} onChange={(still) => choose({ still })} />
          <div className="row">
            <Button kind="primary" onPress={onClose}>
              {t('look.done')}
            </Button>
            <Button onPress={() => choose(USUAL)}>{t('look.usual')}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
