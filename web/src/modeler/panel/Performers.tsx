import { allGroups } from '../../api/directory';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { useResource } from '../../ui/useResource';
import { Chosen } from './Chosen';
import { Expression } from './Expression';

interface Props {
  /** the keys of groups with commas, or an expression that begins with `=` */
  value: string;
  /** the task */
  elementId: string;
  onChange: (value: string) => void;
}

/** The groups whose members may take a task, chosen from the directory. */
export function Performers({ value, elementId, onChange }: Props) {
  const { pick, t } = useI18n();
  const groups = useResource(allGroups);
  if (value.startsWith('=')) {
    return <Expression label={t('panel.groupsBy')} value={value} elementId={elementId} onCommit={onChange} />;
  }
  const chosen = value.split(',').flatMap((each) => each.trim() || []);
  const all = (groups.data ?? []).map(({ groupId, name, nameEn }) => ({
    value: groupId,
    label: pick(name, nameEn) || groupId,
  }));
  return (
    <>
      {Boolean(groups.error) && <Failure error={groups.error} retry={groups.reload} />}
      <Chosen
        label={t('panel.groups')}
        add={t('panel.addGroup')}
        chosen={chosen}
        options={all}
        onChange={(ids) => onChange(ids.join(','))}
      />
    </>
  );
}
