import type { MessageKey } from '../../../i18n';
import { useI18n } from '../../../i18n';
import { TextInput } from '../../../ui/Fields';

interface Given {
  name: string;
  id: string;
}

/** An id as XML and files take it. */
const ID = /^[A-Za-z_][\w.-]{0,63}$/;

/** What is wrong with a name and an id for something new; null for nothing. */
export function wrongId({ name, id }: Given, taken: readonly string[]): MessageKey | null {
  if (!name.trim()) return 'dmn.nameNeeded';
  if (!ID.test(id)) return 'dmn.idWrong';
  return taken.includes(id) ? 'dmn.idTaken' : null;
}

/** How a new decision is called: its name for people, its id for diagrams. */
export function NameFields({ value, onChange }: { value: Given; onChange: (value: Given) => void }) {
  const { t } = useI18n();
  return (
    <>
      <TextInput
        label={t('dmn.name')}
        maxLength={256}
        value={value.name}
        onChange={(name) => onChange({ ...value, name })}
      />
      <TextInput
        label={t('dmn.id')}
        hint={t('dmn.idHint')}
        maxLength={64}
        value={value.id}
        onChange={(id) => onChange({ ...value, id })}
      />
    </>
  );
}
