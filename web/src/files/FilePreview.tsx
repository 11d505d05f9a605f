/** A picture or a PDF shown in the page; drawn here, never handed to the browser as a document of its own. */
import { lazy, Suspense, useCallback } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Problem } from '../api/client';
import { readFile } from '../api/documents';
import { problemText } from '../api/problem';
import { saveFile } from '../api/save';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Loading } from '../ui/Loading';
import { useResource } from '../ui/useResource';
import './files.css';
import { shownAs } from './kinds';
import { Picture } from './Picture';

const PdfView = lazy(() => import('./PdfView'));

interface Props {
  documentId: string;
  name: string;
  onClose: () => void;
}

export default function FilePreview({ documentId, name, onClose }: Props) {
  const { language, t } = useI18n();
  const file = useResource(useCallback(() => readFile(documentId), [documentId]));
  const gone = file.error instanceof Problem && file.error.status === 404;
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-box file-preview">
        <Dialog>
          <Heading slot="title" className="file-name">
            {name}
          </Heading>
          {file.loading && <Loading />}
          {Boolean(file.error) && (
            <p className="notice danger" role="alert">
              {gone ? t('files.gone') : problemText(file.error, language, t)}
            </p>
          )}
          {file.data &&
            (shownAs(name) === 'pdf' ? (
              <Suspense fallback={<Loading />}>
                <PdfView file={file.data} name={name} />
              </Suspense>
            ) : (
              <Picture file={file.data} name={name} />
            ))}
          <div className="row">
            <Button kind="primary" onPress={onClose}>
              {t('files.close')}
            </Button>
            {file.data && <Button onPress={() => saveFile(file.data as Blob, name)}>{t('files.save')}</Button>}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
