/** Asks what an action needs, does it, and says what stands in its way. */
import { useState, type ReactNode } from 'react';
import { Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { Button } from './Button';

interface Props {
  title: string;
  hint?: string;
  submit: string;
  children: ReactNode;
  /** Does it, or returns why it cannot be done yet. */
  act: () => Promise<string | null>;
  onClose: (done: boolean) => void;
}

export function ActionDialog({ title, hint, submit, children, act, onClose }: Props) {
  const { language, t } = useI18n();
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  async function go() {
    setWorking(true);
    try {
      const missing = await act();
      if (missing === null) return onClose(true);
      setError(missing);
    } catch (problem) {
      setError(problemText(problem, language, t));
    }
    return setWorking(false);
  }

  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose(false)}>
      <Modal className="dialog-box">
        <Dialog>
          <Heading slot="title">{title}</Heading>
          {hint && <p className="muted small">{hint}</p>}
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              void go();
            }}
          >
            {children}
            {error && (
              <p className="notice danger" role="alert">
                {error}
              </p>
            )}
            <div className="row">
              <Button kind="primary" type="submit" isDisabled={working}>
                {submit}
              </Button>
              <Button onPress={() => onClose(false)}>{t('common.cancel')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
