import { memo, type ReactNode } from 'react';
import { formatNumber } from '../dates/format';
import { useI18n } from '../i18n';
import { inLanguage } from './labels';
import type { Rule } from './model';

interface Props {
  rule: Rule;
  row: number;
  inputs: number;
  outputs: number;
  faults: ReadonlyMap<string, string>;
  /** what came out when it matched */
  came: readonly string[] | undefined;
  /** the column of the present cell when it is in this rule */
  present: number | null;
  /** stands in the present cell instead of its text */
  children: ReactNode;
}

/** One rule. It is drawn anew only when something of it changes: tables have hundreds. */
export const Line = memo(function Line({ rule, row, inputs, outputs, faults, came, present, children }: Props) {
  const { language, t } = useI18n();
  const last = rule.cells.length;
  const fault = faults.get(rule.id);
  const cell = (column: number, shown: ReactNode, id: string) => {
    const wrong = id ? faults.get(id) : undefined;
    return (
      <td
        key={column}
        role="gridcell"
        data-row={row}
        data-column={column}
        tabIndex={present === column ? 0 : -1}
        aria-selected={present === column}
        aria-invalid={wrong ? true : undefined}
        className={column < inputs ? undefined : column < inputs + outputs ? 'out' : 'note'}
      >
        {present === column && children ? children : shown}
        {wrong && <div className="decision-fault">{wrong}</div>}
      </td>
    );
  };
  return (
    <tr className={came ? 'decision-matched' : undefined}>
      <th scope="row">
        {formatNumber(row + 1, language)}
        {came && <span className="badge good">✓ {t('decisions.matched')}</span>}
        {fault && <div className="decision-fault">{fault}</div>}
      </th>
      {rule.cells.map(({ id, text }, column) => {
        const value = came?.[column - inputs];
        const any = column < inputs && (text === '' || text === '-');
        return cell(
          column,
          <>
            {any ? <span className="muted">{t('decisions.any')}</span> : text}
            {value !== undefined && value !== text && <div className="decision-value">= {value}</div>}
          </>,
          id,
        );
      })}
      {cell(last, inLanguage(rule.note, language), '')}
    </tr>
  );
});
