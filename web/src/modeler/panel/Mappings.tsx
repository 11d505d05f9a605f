import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import type { Mapping, Mappings as Both } from '../data';
import { Committed } from './Committed';
import { Value } from './Value';

interface Props {
  mappings: Both;
  elementId: string;
  onChange: (mappings: Both) => void;
}

/** Which data go into an element under another name, and which come out of it. */
export function Mappings({ mappings, elementId, onChange }: Props) {
  const { t } = useI18n();
  return (['inputs', 'outputs'] as const).map((side) => (
    <Side
      key={side}
      title={t(`mapping.${side}`)}
      add={t(`mapping.add.${side}`)}
      mappings={mappings[side]}
      elementId={elementId}
      onChange={(next) => onChange({ ...mappings, [side]: next })}
    />
  ));
}

interface SideProps {
  title: string;
  add: string;
  mappings: readonly Mapping[];
  elementId: string;
  onChange: (mappings: readonly Mapping[]) => void;
}

function Side({ title, add, mappings, elementId, onChange }: SideProps) {
  const { t } = useI18n();
  const change = (index: number, changes: Partial<Mapping>) =>
    onChange(mappings.map((each, at) => (at === index ? { ...each, ...changes } : each)));
  return (
    <>
      <h3>{title}</h3>
      {mappings.map((mapping, index) => (
        <fieldset key={index} className="panel-item">
          <legend>{mapping.target || t('mapping.new')}</legend>
          <Committed
            label={t('mapping.target')}
            value={mapping.target}
            maxLength={256}
            onCommit={(target) => target && change(index, { target })}
          />
          <Value
            label={t('mapping.source')}
            value={mapping.source}
            elementId={elementId}
            onCommit={(source) => change(index, { source })}
          />
          <Button
            small
            aria-label={t('panel.removeOne', { name: mapping.target })}
            onPress={() => onChange(mappings.filter((_, at) => at !== index))}
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={() => onChange([...mappings, { source: '=null', target: fresh(mappings) }])}>
        {add}
      </Button>
    </>
  );
}

function fresh(mappings: readonly Mapping[]): string {
  let number = mappings.length + 1;
  while (mappings.some(({ target }) => target === `data${number}`)) number += 1;
  return `data${number}`;
}
