import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { inLanguage } from './labels';
import type { Column, Table } from './model';
import type { Side } from './tableEdits';
import { typeName } from './types';

interface Props {
  table: Table;
  faults: ReadonlyMap<string, string>;
  onColumn: ((side: Side, at: number) => void) | undefined;
}

/** The names of the columns; each opens what the column is. */
export function Head({ table, faults, onColumn }: Props) {
  const { language, t } = useI18n();
  const column = (side: Side, at: number, { id, expressionId, label, expression, type, values }: Column) => {
    const fault = faults.get(id) ?? faults.get(expressionId);
    const name = inLanguage(label, language) || expression || t(side === 'input' ? 'decisions.in' : 'decisions.out');
    return (
      <th key={`${side}-${at}`} scope="col" className={side === 'output' ? 'out' : undefined}>
        <span className="muted small">{t(side === 'input' ? 'decisions.in' : 'decisions.out')}</span>
        <div>
          {onColumn ? (
            <Button kind="quiet" small aria-label={t('dmn.column.open', { name })} onPress={() => onColumn(side, at)}>
              {name} <span aria-hidden="true">✎</span>
            </Button>
          ) : (
            name
          )}
        </div>
        <div className="muted small decision-clamp">
          {expression}
          {type && ` (${typeName(type, t)})`}
        </div>
        {values && <div className="muted small decision-clamp">{values}</div>}
        {fault && <div className="decision-fault">{fault}</div>}
      </th>
    );
  };
  return (
    <thead>
      <tr>
        <th scope="col">{t('decisions.rule')}</th>
        {table.inputs.map((each, at) => column('input', at, each))}
        {table.outputs.map((each, at) => column('output', at, each))}
        {table.annotations.map((name, at) => (
          <th key={`annotation-${at}`} scope="col">
            {name}
          </th>
        ))}
        <th scope="col">{t('dmn.note')}</th>
      </tr>
    </thead>
  );
}
