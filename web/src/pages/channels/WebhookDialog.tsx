import { useState } from 'react';
import type { WebhookEntry } from '../../api/channels';
import { allGroups } from '../../api/directory';
import { useI18n } from '../../i18n';
import { TOPICS, useTopicName } from '../../parts/Topics';
import { ActionDialog } from '../../ui/ActionDialog';
import { CheckList } from '../../ui/CheckList';
import { TextInput } from '../../ui/Fields';
import { useResource } from '../../ui/useResource';

interface Props {
  title: string;
  entry: WebhookEntry;
  /** throws what is told in the dialog */
  save: (entry: WebhookEntry) => Promise<void>;
  onClose: () => void;
}

/** A webhook's name, address, and what it gets. */
export function WebhookDialog({ title, entry, save, onClose }: Props) {
  const { pick, t } = useI18n();
  const nameOf = useTopicName();
  const groups = useResource(allGroups);
  const [filled, setFilled] = useState(entry);
  const change = (changes: Partial<WebhookEntry>) => setFilled((before) => ({ ...before, ...changes }));

  async function send() {
    const [name, url] = [filled.name.trim(), filled.url.trim()];
    if (!name || !url) return t('common.incomplete');
    await save({ ...filled, name, url });
    return null;
  }

  return (
    <ActionDialog title={title} hint={t('webhooks.hint')} submit={t('common.save')} act={send} onClose={onClose}>
      <TextInput label={t('webhooks.name')} value={filled.name} onChange={(name) => change({ name })} maxLength={256} />
      <TextInput
        label={t('webhooks.url')}
        hint={t('webhooks.urlHint')}
        type="url"
        value={filled.url}
        onChange={(url) => change({ url })}
      />
      <CheckList
        label={t('webhooks.topics')}
        hint={t('webhooks.allTopics')}
        options={TOPICS.map((value) => ({ value, label: nameOf(value) }))}
        chosen={filled.topics}
        onChange={(topics) => change({ topics })}
      />
      <CheckList
        label={t('webhooks.groups')}
        hint={t('webhooks.allGroups')}
        options={(groups.data ?? []).map((group) => ({
          value: group.groupId,
          label: pick(group.name, group.nameEn) || group.groupId,
        }))}
        chosen={filled.groups}
        onChange={(chosen) => change({ groups: chosen })}
      />
    </ActionDialog>
  );
}
