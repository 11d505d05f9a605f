import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useI18n, type MessageKey } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';

const KEYS: readonly (readonly [string, MessageKey])[] = [
  ['J  ↓', 'inbox.key.next'],
  ['K  ↑', 'inbox.key.previous'],
  ['Home  End', 'inbox.key.ends'],
  ['Enter', 'inbox.key.open'],
  ['C', 'inbox.key.claim'],
  ['X', 'inbox.key.select'],
  ['S', 'inbox.key.snooze'],
  ['U', 'inbox.key.unread'],
  ['Esc', 'inbox.key.clear'],
  ['/', 'inbox.key.search'],
  ['?', 'inbox.key.help'],
];

interface Props {
  on: boolean;
  onTurn: (on: boolean) => void;
  onClose: () => void;
}

/** The list of the inbox's keys, and whether the letters among them count. */
export function KeysDialog({ on, onTurn, onClose }: Props) {
  const { t } = useI18n();
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-box">
        <Dialog>
          <Heading slot="title">{t('inbox.keysTitle')}</Heading>
          <p className="muted small">{t('inbox.keysHint')}</p>
          <dl className="inbox-keys">
            {KEYS.map(([keys, meaning]) => (
              <div key={meaning}>
                <dt>
                  {keys.split('  ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{t(meaning)}</dd>
              </div>
            ))}
          </dl>
          <Check label={t('inbox.keysOn')} selected={on} onChange={onTurn} />
          <div className="row">
            <Button onPress={onClose}>{t('inbox.keysClose')}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
