import { useState } from 'react';
import { changeWebhook, removeWebhook, renewSecret, tryWebhook } from '../../api/channels';
import type { Webhook as Hook } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useTopicName } from '../../parts/Topics';
import { ActionDialog } from '../../ui/ActionDialog';
import { Button } from '../../ui/Button';
import { By, GroupList } from '../../ui/Person';
import { useAct } from '../../ui/useAct';
import { WebhookDialog } from './WebhookDialog';

interface Props {
  hook: Hook;
  mayChange: boolean;
  reload: () => void;
  onSecret: (secret: string) => void;
}

/** One webhook: what it gets, how it fares, and what can be done with it. */
export function Webhook({ hook, mayChange, reload, onSecret }: Props) {
  const { language, t } = useI18n();
  const nameOf = useTopicName();
  return (
    <>
      <div className="row">
        <h3>{hook.name}</h3>
        <State hook={hook} />
      </div>
      <div>
        <code>{hook.url}</code>
      </div>
      <div className="small">
        {t('webhooks.topics')}: {hook.topics.length > 0 ? hook.topics.map(nameOf).join(', ') : t('webhooks.all')} ·{' '}
        {t('webhooks.groups')}: {hook.groups.length > 0 ? <GroupList groups={hook.groups} /> : t('webhooks.all')}
      </div>
      {hook.switchedOffAt !== null && (
        <p className="notice danger">
          {t('webhooks.switchedOff', { date: formatMoment(hook.switchedOffAt, language) })}
        </p>
      )}
      {hook.secretBeforeUntil !== null && (
        <div className="muted small">
          {t('webhooks.bothSign', { date: formatMoment(hook.secretBeforeUntil, language) })}
        </div>
      )}
      <By username={hook.addedBy} at={hook.addedAt} />
      {mayChange && <Actions hook={hook} reload={reload} onSecret={onSecret} />}
    </>
  );
}

function State({ hook }: { hook: Hook }) {
  const { language, t } = useI18n();
  if (!hook.active) return <span className="badge">{t('webhooks.off')}</span>;
  if (hook.failingSince === null) return <span className="badge good">{t('webhooks.on')}</span>;
  return (
    <span className="badge bad">{t('webhooks.failing', { date: formatMoment(hook.failingSince, language) })}</span>
  );
}

function Actions({ hook, reload, onSecret }: Omit<Props, 'mayChange'>) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const [asking, setAsking] = useState<'change' | 'remove' | null>(null);
  const { name, url, topics, groups } = hook;
  const entry = { name, url, topics, groups };
  const close = () => {
    setAsking(null);
    reload();
  };
  const doing = (what: () => Promise<string>) => () =>
    void act(async () => {
      const said = await what();
      reload();
      return said;
    });
  const labelled = (label: string) => ({ 'aria-label': `${label}: ${name}`, children: label });
  return (
    <div className="row">
      <Button
        small
        isDisabled={working}
        {...labelled(t('common.try'))}
        onPress={doing(async () => {
          const { accepted, reason } = await tryWebhook(hook.webhookKey);
          return accepted ? t('webhooks.accepted') : t('webhooks.notAccepted', { reason: reason ?? '' });
        })}
      />
      <Button small {...labelled(t('common.change'))} onPress={() => setAsking('change')} />
      <Button
        small
        isDisabled={working}
        {...labelled(hook.active ? t('webhooks.switchOff') : t('webhooks.switchOn'))}
        onPress={doing(async () => {
          await changeWebhook(hook, { ...entry, active: !hook.active });
          return hook.active ? t('webhooks.isOff') : t('webhooks.isOn');
        })}
      />
      <Button
        small
        isDisabled={working}
        {...labelled(t('webhooks.renew'))}
        onPress={doing(async () => {
          onSecret(await renewSecret(hook.webhookKey));
          return t('webhooks.secret');
        })}
      />
      <Button small {...labelled(t('common.remove'))} onPress={() => setAsking('remove')} />
      {asking === 'change' && (
        <WebhookDialog
          title={t('webhooks.changing', { name })}
          entry={entry}
          save={(next) => changeWebhook(hook, { ...next, active: hook.active })}
          onClose={close}
        />
      )}
      {asking === 'remove' && (
        <ActionDialog
          title={t('webhooks.removing', { name })}
          hint={t('webhooks.removeHint')}
          submit={t('common.remove')}
          act={async () => {
            await removeWebhook(hook.webhookKey);
            return null;
          }}
          onClose={close}
        >
          {null}
        </ActionDialog>
      )}
    </div>
  );
}
