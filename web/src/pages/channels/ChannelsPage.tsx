/** Where notifications may go besides mail: allowed hosts, webhooks, accounts at push services, and what could not be delivered. */
import { isAdministrator, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';
import { DeadLetters } from './DeadLetters';
import { Hosts } from './Hosts';
import { PushServices } from './PushServices';
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
      <PushServices mayChange={mayChange} />
      <DeadLetters mayChange={mayChange} />
    </>
  );
}
