import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import type { Named } from '../parts';
import type { Duty } from '../timing';

const TYPES = ['differentFrom', 'sameAs'] as const;

interface Props {
  duties: readonly Duty[];
  /** the other tasks of people */
  others: readonly Named[];
  onChange: (duties: Duty[]) => void;
}

/** Whom the performer of a task must not be, or must be. */
export function Duties({ duties, others, onChange }: Props) {
  const { t } = useI18n();
  const change = (at: number, changes: Partial<Duty>) =>
    onChange(duties.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  const elements = [
    { value: 'starter', label: t('timing.starter') },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const named = (value: string) => elements.find((each) => each.value === value)?.label ?? value;
  return (
    <>
      {duties.map((duty, index) => (
        <fieldset key={index} className="panel-item">
          <legend>{t(`timing.duty.${duty.type === 'sameAs' ? 'sameAs' : 'differentFrom'}`)}</legend>
          <Choice
            label={t('timing.duty')}
            value={duty.type}
            options={TYPES.map((value) => ({ value: value as string, label: t(`timing.duty.${value}`) }))}
            onChange={(type) => change(index, { type })}
          />
          <Choice
            label={t('timing.dutyOf')}
            value={duty.element}
            options={[
              ...elements,
              ...(elements.some(({ value }) => value === duty.element)
                ? []
                : [{ value: duty.element, label: duty.element }]),
            ]}
            onChange={(element) => change(index, { element })}
          />
          <Button
            small
            aria-label={t('panel.removeOne', { name: named(duty.element) })}
            onPress={() => onChange(duties.filter((_, at) => at !== index))}
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={() => onChange([...duties, { type: 'differentFrom', element: 'starter' }])}>
        {t('timing.addDuty')}
      </Button>
    </>
  );
}
