/** Asks why before something is done, and does it; what is refused is told in its place. */
import { useState, type ReactNode } from 'react';
import { Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { TextInput } from '../ui/Fields';

const SHORTEST = 5;

interface Props {
  title: string;
  hint: string;
  /** what the button that does it is called */
  action: string;
  /** what it is about, or more to fill in */
  children?: ReactNode;
  label?: string;
  /** characters of the reason; 4,000 unless told */
  longest?: number;
  /** whether it is done without a reason, too */
  optional?: boolean;
  /** what else is missing; null: nothing */
  missing?: string | null;
  /** Resolves to false when something else of the form has to be put right first: the dialog stays. */
  onSubmit: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

export function ReasonDialog({
  title,
  hint,
  action,
  children,
  label,
  optional = false,
  missing,
  longest = 4000,
  ...props
}: Props) {
  const { language, t } = useI18n();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  async function submit() {
    const short = reason.trim().length < SHORTEST && !optional;
    if (missing || short) {
      setError(missing ?? t('reason.required'));
      return;
    }
    setWorking(true);
    try {
      if ((await props.onSubmit(reason.trim())) === false) setWorking(false);
      else props.onClose();
      setError(null);
    } catch (problem) {
      setError(problemText(problem, language, t));
      setWorking(false);
    }
  }

  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && props.onClose()}>
      <Modal className="dialog-box">
        <Dialog>
          <Heading slot="title">{title}</Heading>
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            {children}
            <p className="muted small">{hint}</p>
            <TextInput
              label={label ?? t('reason.label')}
              multiline
              value={reason}
              onChange={setReason}
              error={error}
              maxLength={longest}
            />
            <div className="row">
              <Button kind="primary" type="submit" isDisabled={working}>
                {action}
              </Button>
              <Button onPress={props.onClose}>{t('common.cancel')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
