/** What a page is for and how it is used, in the present language; and the tours, to be seen again. */
import { useCallback } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { helpOf, loadHelp } from '../help/texts';
import { Markdown, titled } from '../help/Markdown';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Failure } from '../ui/Failure';
import { Loading } from '../ui/Loading';
import { useResource } from '../ui/useResource';
import './help.css';
import type { Tour } from './tours';

interface Props {
  pathname: string;
  tours: readonly Tour[];
  onTour: (tour: Tour) => void;
  onClose: () => void;
}

export default function HelpDialog({ pathname, tours, onTour, onClose }: Props) {
  const { language, t } = useI18n();
  const text = useResource(useCallback(() => loadHelp(helpOf(pathname), language), [pathname, language]));
  const { title, body } = titled(text.data ?? '');
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-box">
        <Dialog>
          <Heading slot="title">{title || t('help.title')}</Heading>
          {text.loading && <Loading />}
          {Boolean(text.error) && <Failure error={text.error} retry={text.reload} />}
          <div className="help-text">
            <Markdown text={body} />
          </div>
          {tours.length > 0 && (
            <>
              <h3>{t('help.tours')}</h3>
              <div className="row">
                {tours.map((tour) => (
                  <Button key={tour} onPress={() => onTour(tour)}>
                    {t(`help.tour.${tour}`)}
                  </Button>
                ))}
              </div>
            </>
          )}
          <div className="row help-close">
            <Button kind="primary" onPress={onClose}>
              {t('help.close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
