/** One's own apps that are told of notifications; their addresses are kept sealed. */
import { useState } from 'react';
import { addPushAddress, pushAddresses, pushServices, removePushAddress, tryPushAddress } from '../../api/channels';
import type { PushAddress, PushService } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { AskForm } from '../../ui/AskForm';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';

export function PushAddresses() {
  const { t } = useI18n();
  const found = useResource(pushAddresses);
  const services = useResource(pushServices);
  return (
    <section className="card" aria-labelledby="account-push">
      <h2 id="account-push">{t('push.title')}</h2>
      <p className="muted">{t('push.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t('push.none')}</p>}
      {found.data && found.data.length > 0 && (
        <ul className="plain-list" aria-labelledby="account-push">
          {found.data.map((address) => (
            <li key={address.pushAddressKey}>
              <Address address={address} reload={found.reload} />
            </li>
          ))}
        </ul>
      )}
      {services.data && <Adding services={services.data} reload={found.reload} />}
    </section>
  );
}

const OWN = 'own';

/** An app is added through an account of the office, or by an address of one's own. */
function Adding({ services, reload }: { services: PushService[]; reload: () => void }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [turn, setTurn] = useState(0);
  const [through, setThrough] = useState(services[0]?.pushServiceKey ?? OWN);
  const own = through === OWN;
  const options = [
    ...services.map(({ pushServiceKey, name }) => ({ value: pushServiceKey, label: name })),
    { value: OWN, label: t('push.own') },
  ];
  return (
    <>
      {services.length > 0 && (
        <Choice label={t('push.through')} value={through} options={options} onChange={setThrough} />
      )}
      <AskForm
        key={`${through} ${turn}`}
        primary={false}
        fields={[
          { name: 'label', label: t('push.label') },
          {
            name: 'address',
            label: t(own ? 'push.address' : 'push.recipient'),
            hint: t(own ? 'push.addressHint' : 'push.recipientHint'),
            // an address holds a key: it is not to be remembered by the browser, nor read over a shoulder
            type: own ? 'password' : 'text',
            autoComplete: 'off',
          },
        ]}
        submit={t('push.add')}
        action={async ({ label = '', address = '' }) => {
          await addPushAddress(label.trim(), address.trim(), own ? null : through);
          announce(t('push.added'));
          setTurn((n) => n + 1);
          reload();
        }}
      />
    </>
  );
}

function Address({ address, reload }: { address: PushAddress; reload: () => void }) {
  const { language, t } = useI18n();
  const { working, act } = useAct();
  const { pushAddressKey, label, service, addedAt } = address;
  return (
    <div className="row">
      <strong>{label}</strong>
      <span className="badge">{service}</span>
      <span className="muted small">{formatMoment(addedAt, language)}</span>
      <Button
        small
        isDisabled={working}
        aria-label={`${t('common.try')}: ${label}`}
        onPress={() =>
          void act(async () => {
            const { accepted, reason } = await tryPushAddress(pushAddressKey);
            return accepted ? t('push.accepted') : t('push.notAccepted', { reason: reason ?? '' });
          })
        }
      >
        {t('common.try')}
      </Button>
      <Button
        small
        isDisabled={working}
        aria-label={`${t('common.remove')}: ${label}`}
        onPress={() =>
          void act(async () => {
            await removePushAddress(pushAddressKey);
            reload();
            return t('common.removed');
          })
        }
      >
        {t('common.remove')}
      </Button>
    </div>
  );
}
