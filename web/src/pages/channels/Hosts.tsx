/** The hosts that webhooks and push channels may send to; to no other is anything sent. */
import { useState } from 'react';
import { allowedHosts, allowHost, disallowHost } from '../../api/channels';
import type { AllowedHost } from '../../api/types';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { Loading } from '../../ui/Loading';
import { By } from '../../ui/Person';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';

export function Hosts({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const found = useResource(allowedHosts);
  const [adding, setAdding] = useState(false);
  return (
    <section className="card" aria-labelledby="hosts">
      <h2 id="hosts">{t('hosts.title')}</h2>
      <p className="muted">{t('hosts.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t('hosts.none')}</p>}
      {found.data && found.data.length > 0 && (
        <ul className="plain-list entries" aria-labelledby="hosts">
          {found.data.map((host) => (
            <li key={host.allowedHostKey}>
              <Host host={host} mayChange={mayChange} reload={found.reload} />
            </li>
          ))}
        </ul>
      )}
      {mayChange && <Button onPress={() => setAdding(true)}>{t('hosts.add')}</Button>}
      {adding && (
        <HostDialog
          onClose={() => {
            setAdding(false);
            found.reload();
          }}
        />
      )}
    </section>
  );
}

function Host({ host, mayChange, reload }: { host: AllowedHost; mayChange: boolean; reload: () => void }) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const name = `${host.scheme}://${host.pattern}:${host.port}`;
  return (
    <>
      <div className="row">
        <code>{name}</code>
        {host.private && <span className="badge warn">{t('hosts.private')}</span>}
        {host.scheme === 'http' && <span className="badge warn">{t('hosts.plain')}</span>}
      </div>
      <div>{host.reason}</div>
      <By username={host.addedBy} at={host.addedAt} />
      {mayChange && (
        <Button
          small
          isDisabled={working}
          aria-label={`${t('common.remove')}: ${name}`}
          onPress={() =>
            void act(async () => {
              await disallowHost(host.allowedHostKey);
              reload();
              return t('hosts.removed');
            })
          }
        >
          {t('common.remove')}
        </Button>
      )}
    </>
  );
}

function HostDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [pattern, setPattern] = useState('');
  const [port, setPort] = useState('443');
  const [scheme, setScheme] = useState<'https' | 'http'>('https');
  const [inside, setInside] = useState(false);
  const [reason, setReason] = useState('');

  async function allow() {
    if (!pattern.trim() || !reason.trim()) return t('common.incomplete');
    if (!/^[0-9]{1,5}$/.test(port)) return t('hosts.portWrong');
    await allowHost({ pattern: pattern.trim(), port: Number(port), scheme, private: inside, reason: reason.trim() });
    announce(t('hosts.added'));
    return null;
  }

  return (
    <ActionDialog
      title={t('hosts.add')}
      hint={t('hosts.addHint')}
      submit={t('hosts.add')}
      act={allow}
      onClose={onClose}
    >
      <TextInput label={t('hosts.pattern')} hint={t('hosts.patternHint')} value={pattern} onChange={setPattern} />
      <Choice
        label={t('hosts.scheme')}
        value={scheme}
        options={[
          { value: 'https', label: t('hosts.https') },
          { value: 'http', label: t('hosts.http') },
        ]}
        onChange={(next) => {
          setScheme(next);
          setPort(next === 'https' ? '443' : '80');
        }}
      />
      <TextInput label={t('hosts.port')} inputMode="numeric" value={port} onChange={setPort} />
      <Check label={t('hosts.privateWhat')} selected={inside} onChange={setInside} />
      <TextInput label={t('reason.label')} multiline value={reason} onChange={setReason} maxLength={4000} />
    </ActionDialog>
  );
}
