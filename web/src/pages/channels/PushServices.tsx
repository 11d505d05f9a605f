/** Accounts of the office's own at push services: people choose them by name, and see no key of theirs. */
import { useState } from 'react';
import { addPushService, pushServices, removePushService } from '../../api/channels';
import type { PushService } from '../../api/types';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

export function PushServices({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const found = useResource(pushServices);
  const [adding, setAdding] = useState(false);
  return (
    <section className="card" aria-labelledby="push-services">
      <h2 id="push-services">{t('services.title')}</h2>
      <p className="muted">{t('services.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t('services.none')}</p>}
      {found.data && found.data.length > 0 && (
        <ul className="plain-list entries" aria-labelledby="push-services">
          {found.data.map((service) => (
            <li key={service.pushServiceKey}>
              <Service service={service} mayChange={mayChange} reload={found.reload} />
            </li>
          ))}
        </ul>
      )}
      {mayChange && <Button onPress={() => setAdding(true)}>{t('services.add')}</Button>}
      {adding && (
        <ServiceDialog
          onClose={() => {
            setAdding(false);
            found.reload();
          }}
        />
      )}
    </section>
  );
}

interface ServiceProps {
  service: PushService;
  mayChange: boolean;
  reload: () => void;
}

function Service({ service: { pushServiceKey, name, service }, mayChange, reload }: ServiceProps) {
  const { t } = useI18n();
  const [removing, setRemoving] = useState(false);
  return (
    <div className="row">
      <strong>{name}</strong>
      <span className="badge">{service}</span>
      {mayChange && (
        <Button small aria-label={`${t('common.remove')}: ${name}`} onPress={() => setRemoving(true)}>
          {t('common.remove')}
        </Button>
      )}
      {removing && (
        <ActionDialog
          title={t('webhooks.removing', { name })}
          hint={t('services.removeHint')}
          submit={t('common.remove')}
          act={async () => {
            await removePushService(pushServiceKey);
            return null;
          }}
          onClose={() => {
            setRemoving(false);
            reload();
          }}
        >
          {null}
        </ActionDialog>
      )}
    </div>
  );
}

function ServiceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');

  async function add() {
    if (!name.trim() || !address.trim()) return t('common.incomplete');
    await addPushService(name.trim(), address.trim());
    announce(t('services.added'));
    return null;
  }

  return (
    <ActionDialog
      title={t('services.add')}
      hint={t('webhooks.hint')}
      submit={t('services.add')}
      act={add}
      onClose={onClose}
    >
      <TextInput label={t('services.name')} hint={t('services.nameHint')} value={name} onChange={setName} />
      {/* a password to the browser: it is not to be remembered, nor read over a shoulder */}
      <TextInput
        label={t('services.address')}
        hint={t('services.addressHint')}
        type="password"
        autoComplete="off"
        value={address}
        onChange={setAddress}
      />
    </ActionDialog>
  );
}
