import { allGroups } from '../../api/directory';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { useResource } from '../../ui/useResource';
import { Committed } from './Committed';

interface Props {
  /** the keys of groups with commas, or an expression that begins with `=` */
  value: string;
  onChange: (value: string) => void;
}

/** The groups whose members may take a task, chosen from the directory. */
export function Performers({ value, onChange }: Props) {
  const { pick, t } = useI18n();
  const groups = useResource(allGroups);
  if (value.startsWith('=')) {
    return <Committed label={t('panel.groupsBy')} hint={t('panel.feel')} value={value} multiline onCommit={onChange} />;
  }
  const chosen = value.split(',').flatMap((each) => each.trim() || []);
  const all = (groups.data ?? []).map(({ groupId, name, nameEn }) => ({
    value: groupId,
    label: pick(name, nameEn) || groupId,
  }));
  const nameOf = (id: string) => all.find((each) => each.value === id)?.label ?? id;
  return (
    <>
      {Boolean(groups.error) && <Failure error={groups.error} retry={groups.reload} />}
      <ul className="plain-list panel-chosen" aria-label={t('panel.groups')}>
        {chosen.map((id) => (
          <li key={id}>
            <span>{nameOf(id)}</span>
            <Button
              small
              aria-label={t('panel.removeOne', { name: nameOf(id) })}
              onPress={() => onChange(chosen.filter((each) => each !== id).join(','))}
            >
              {t('common.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <Choice
        label={t('panel.addGroup')}
        value=""
        options={[{ value: '', label: t('panel.choose') }, ...all.filter((each) => !chosen.includes(each.value))]}
        onChange={(id) => id && onChange([...chosen, id].join(','))}
      />
    </>
  );
}
