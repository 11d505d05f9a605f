import { useState } from 'react';
import { addAccount } from '../../api/accounts';
import { allGroups } from '../../api/directory';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { useResource } from '../../ui/useResource';

interface Props {
  onMade: (username: string, password: string | null) => void;
  onClose: () => void;
}

/** Asks for the few facts that a new account needs. */
export function NewPersonDialog({ onMade, onClose }: Props) {
  const { pick, t } = useI18n();
  const announce = useAnnounce();
  const groups = useResource(allGroups);
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [group, setGroup] = useState('');
  const [withPassword, setWithPassword] = useState(true);

  async function add() {
    if (!username.trim() || !name.trim()) return t('common.incomplete');
    const account = username.trim();
    const password = await addAccount({
      username: account,
      name: name.trim(),
      email: email.trim() || null,
      groups: group ? [group] : [],
      withPassword,
    });
    announce(t('accounts.added'));
    onMade(account, password);
    return null;
  }

  return (
    <ActionDialog
      title={t('accounts.add')}
      hint={t('accounts.addHint')}
      submit={t('accounts.add')}
      act={add}
      onClose={onClose}
    >
      <TextInput
        label={t('accounts.username')}
        hint={t('accounts.usernameHint')}
        value={username}
        onChange={setUsername}
        maxLength={256}
        autoComplete="off"
      />
      <TextInput label={t('accounts.name')} value={name} onChange={setName} maxLength={1024} autoComplete="off" />
      <TextInput
        label={t('accounts.emailOptional')}
        value={email}
        onChange={setEmail}
        maxLength={256}
        autoComplete="off"
      />
      <Choice
        label={t('accounts.firstGroup')}
        value={group}
        options={[
          { value: '', label: t('accounts.noGroup') },
          ...(groups.data ?? []).map((each) => ({ value: each.groupId, label: pick(each.name, each.nameEn) })),
        ]}
        onChange={setGroup}
      />
      <Check label={t('accounts.withPassword')} selected={withPassword} onChange={setWithPassword} />
    </ActionDialog>
  );
}
