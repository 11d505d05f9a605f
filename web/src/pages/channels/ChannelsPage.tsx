/** Where notifications may go besides mail: webhooks, the hosts that are allowed, and what could not be delivered. */
import { isAdministrator, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';
import { DeadLetters } from './DeadLetters';
import { Hosts } from './Hosts';
import { Webhooks } from './Webhooks';

export default function ChannelsPage() {
  const { t } = useI18n();
  const mayChange = isAdministrator(useMe());
  return (
    <>
      <PageTitle>{t('channels.title')}</PageTitle>
      <p className="muted">{t('channels.what')}</p>
      <Hosts mayChange={mayChange} />
      <Webhooks mayChange={mayChange} />
      <DeadLetters mayChange={mayChange} />
    </>
  );
}
