import { Group } from 'react-aria-components';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import type { Table } from './model';
import type { Side } from './tableEdits';

const POLICIES = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] as const;
const AGGREGATIONS = ['', 'SUM', 'MIN', 'MAX', 'COUNT'] as const;

interface Props {
  table: Table;
  /** of the present cell */
  row: number;
  onPolicy: (policy: string, aggregation: string) => void;
  onNewColumn: (side: Side) => void;
  onAdd: (at: number) => void;
  onCopy: (row: number) => void;
  onMove: (row: number, by: -1 | 1) => void;
  onRemove: (row: number) => void;
}

/** How the table decides, and what is done with its columns and with the rule of the present cell. */
export function TableTools({ table, row, onPolicy, onNewColumn, onAdd, onCopy, onMove, onRemove }: Props) {
  const { t } = useI18n();
  const { hitPolicy, aggregation, rules } = table;
  const known = POLICIES.find((policy) => policy === hitPolicy);
  const none = rules.length === 0;
  return (
    <>
      <div className="row decision-policy">
        <Choice
          label={t('dmn.policy')}
          value={hitPolicy}
          options={[
            ...POLICIES.map((policy) => ({ value: policy as string, label: t(`dmn.policy.${policy}`) })),
            ...(known ? [] : [{ value: hitPolicy, label: hitPolicy }]),
          ]}
          onChange={(policy) => onPolicy(policy, aggregation)}
        />
        {hitPolicy === 'COLLECT' && (
          <Choice
            label={t('dmn.aggregation')}
            value={aggregation}
            options={AGGREGATIONS.map((each) => ({
              value: each as string,
              label: t(`dmn.aggregation.${each || 'LIST'}`),
            }))}
            onChange={(each) => onPolicy(hitPolicy, each)}
          />
        )}
      </div>
      <div className="row">
        <Group className="row" aria-label={t('dmn.columns')}>
          <Button small onPress={() => onNewColumn('input')}>
            {t('dmn.column.new.input')}
          </Button>
          <Button small onPress={() => onNewColumn('output')}>
            {t('dmn.column.new.output')}
          </Button>
        </Group>
        <Group className="row" aria-label={t('dmn.ruleTools', { n: none ? 0 : row + 1 })}>
          <Button small onPress={() => onAdd(none ? 0 : row + 1)}>
            {t('dmn.rule.add')}
          </Button>
          <Button small isDisabled={none} onPress={() => onCopy(row)}>
            {t('dmn.rule.copy', { n: row + 1 })}
          </Button>
          <Button small isDisabled={none || row === 0} onPress={() => onMove(row, -1)}>
            {t('dmn.rule.up', { n: row + 1 })}
          </Button>
          <Button small isDisabled={row >= rules.length - 1} onPress={() => onMove(row, 1)}>
            {t('dmn.rule.down', { n: row + 1 })}
          </Button>
          <Button small isDisabled={none} onPress={() => onRemove(row)}>
            {t('dmn.rule.remove', { n: row + 1 })}
          </Button>
        </Group>
      </div>
    </>
  );
}
