import { useState } from 'react';
import { Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { problemText } from '../../api/problem';
import type { ControlPoint, UserTask } from '../../api/types';
import { waiveControlPoint } from '../../api/userTasks';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';

interface Props {
  task: UserTask;
  point: ControlPoint;
  onClose: (done: boolean) => void;
}

/** Asks why; a waiver without a reason is not sent. */
export function WaiverDialog({ task, point, onClose }: Props) {
  const { language, pick, t } = useI18n();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  async function submit() {
    if (reason.trim() === '') {
      setError(t('control.reasonRequired'));
      return;
    }
    setWorking(true);
    try {
      await waiveControlPoint(task.userTaskKey, point.controlPointId, reason.trim());
      onClose(true);
    } catch (problem) {
      setError(problemText(problem, language, t));
      setWorking(false);
    }
  }

  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose(false)}>
      <Modal className="dialog-box">
        <Dialog>
          <Heading slot="title">{t('control.waiveTitle')}</Heading>
          <p>{pick(point.text.th, point.text.en)}</p>
          <p className="muted small">{t('control.waiveHint')}</p>
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <TextInput label={t('control.reason')} multiline value={reason} onChange={setReason} error={error} />
            <div className="row">
              <Button kind="primary" type="submit" isDisabled={working}>
                {t('control.waive')}
              </Button>
              <Button onPress={() => onClose(false)}>{t('common.cancel')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
