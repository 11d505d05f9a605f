/** A decision as it is deployed, over the draft that uses it: to look at. */
import { useCallback } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { getTable } from '../../../api/decisions';
import { latestDecision } from '../../../api/deployed';
import { DecisionsShown } from '../../../decisions/DecisionsShown';
import { inLanguage } from '../../../decisions/labels';
import { formatNumber } from '../../../dates/format';
import { useI18n } from '../../../i18n';
import { Button } from '../../../ui/Button';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { useResource } from '../../../ui/useResource';

export default function DeployedDecision({ id, onClose }: { id: string; onClose: () => void }) {
  const { language, t } = useI18n();
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const definition = await latestDecision(id, signal);
        return { definition, xml: definition && (await getTable(definition.decisionDefinitionKey, signal)) };
      },
      [id],
    ),
  );
  const definition = found.data?.definition;
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="dialog-box decision-dialog">
        <Dialog>
          <Heading slot="title">{definition ? inLanguage(definition.name, language) : id}</Heading>
          {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
          {!found.data && !found.error && <Loading />}
          {found.data && !definition && <p>{t('dmn.notThere', { id })}</p>}
          {definition && <p className="muted">{t('dmn.version', { n: formatNumber(definition.version, language) })}</p>}
          {found.data?.xml && <DecisionsShown xml={found.data.xml} first={id} />}
          <Button onPress={onClose}>{t('help.close')}</Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
