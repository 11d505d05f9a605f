import { useI18n } from '../../i18n';
import { AddChoice } from '../../ui/AddChoice';
import { Button } from '../../ui/Button';

interface Props {
  label: string;
  add: string;
  chosen: readonly string[];
  options: readonly { value: string; label: string }[];
  onChange: (chosen: string[]) => void;
}

/** Several of a register, chosen one after another; what the register does not know is shown as it is written. */
export function Chosen({ label, add, chosen, options, onChange }: Props) {
  const { t } = useI18n();
  const nameOf = (value: string) => options.find((each) => each.value === value)?.label ?? value;
  return (
    <>
      <ul className="plain-list panel-chosen" aria-label={label}>
        {chosen.map((value) => (
          <li key={value}>
            <span>{nameOf(value)}</span>
            <Button
              small
              aria-label={t('panel.removeOne', { name: nameOf(value) })}
              onPress={() => onChange(chosen.filter((each) => each !== value))}
            >
              {t('common.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <AddChoice
        label={add}
        none={t('panel.choose')}
        options={options.filter((each) => !chosen.includes(each.value))}
        onAdd={(value) => onChange([...chosen, value])}
      />
    </>
  );
}
