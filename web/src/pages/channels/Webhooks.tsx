/** Programs elsewhere that are told what people are told. */
import { useState } from 'react';
import { addWebhook, webhooks } from '../../api/channels';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Secret } from '../../ui/Secret';
import { useResource } from '../../ui/useResource';
import { Webhook } from './Webhook';
import { WebhookDialog } from './WebhookDialog';

export function Webhooks({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const found = useResource(webhooks);
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <section className="card" aria-labelledby="webhooks">
      <h2 id="webhooks">{t('webhooks.title')}</h2>
      <p className="muted">{t('webhooks.what')}</p>
      {secret !== null && (
        <Secret
          title={t('webhooks.secret')}
          hint={t('webhooks.secretWhat')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t('webhooks.none')}</p>}
      {found.data && found.data.length > 0 && (
        <ul className="plain-list entries" aria-labelledby="webhooks">
          {found.data.map((hook) => (
            <li key={hook.webhookKey}>
              <Webhook hook={hook} mayChange={mayChange} reload={found.reload} onSecret={setSecret} />
            </li>
          ))}
        </ul>
      )}
      {mayChange && <Button onPress={() => setAdding(true)}>{t('webhooks.add')}</Button>}
      {adding && (
        <WebhookDialog
          title={t('webhooks.add')}
          entry={{ name: '', url: '', topics: [], groups: [] }}
          save={async (entry) => setSecret(await addWebhook(entry))}
          onClose={() => {
            setAdding(false);
            found.reload();
          }}
        />
      )}
    </section>
  );
}
