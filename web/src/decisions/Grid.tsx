/**
 * A decision table as a grid: one cell is the present one, and the keys go from it to the others as in a spreadsheet. Without
 * `onWrite` it is only looked at.
 */
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useI18n } from '../i18n';
import { CellField } from './Cell';
import { Head } from './Head';
import { inLanguage } from './labels';
import type { Table } from './model';
import { moved, moveOf, textAt, within, type Move, type Place } from './places';
import { Line } from './Line';
import type { Side } from './tableEdits';

interface Props {
  table: Table;
  name: string;
  /** what is wrong, by the id of the element */
  faults: ReadonlyMap<string, string>;
  /** the rules that matched when it was tried, with what came out */
  matched: ReadonlyMap<number, readonly string[]>;
  place: Place;
  onPlace: (place: Place) => void;
  /** The present cell takes the focus whenever this changes. */
  turn?: number;
  onWrite?: (place: Place, text: string) => void;
  onPaste?: (place: Place, texts: string[][]) => void;
  onColumn?: (side: Side, at: number) => void;
  onAddRule?: (at: number) => void;
}

export function Grid({ table, name, faults, matched, place: wanted, onPlace, turn = 0, ...more }: Props) {
  const { language, t } = useI18n();
  const { onWrite, onPaste } = more;
  const place = within(wanted, table);
  const grid = useRef<HTMLTableElement>(null);
  const toFocus = useRef(false);
  const [field, setField] = useState<{ begin: string } | null>(null);
  const rule = table.rules[place.row];

  const turned = useRef(turn);
  useEffect(() => {
    if (turned.current !== turn) toFocus.current = true;
    turned.current = turn;
    if (!toFocus.current || field) return;
    toFocus.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"][data-column]')?.focus();
  });

  function go(move: Move | null) {
    toFocus.current = true;
    setField(null);
    onPlace(move ? moved(place, move, table) : place);
  }

  function begin(text: string) {
    if (onWrite && rule) setField({ begin: text });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLTableCellElement) || !rule) return;
    const control = event.ctrlKey || event.metaKey;
    const move = event.altKey ? null : moveOf(event.key, control);
    if (move) go(move);
    else if (control && event.key === 'Enter' && more.onAddRule) {
      more.onAddRule(place.row + 1);
      toFocus.current = true;
      onPlace({ row: place.row + 1, column: 0 });
    } else if (control || event.altKey) return;
    else if (event.key === 'Enter' || event.key === 'F2') begin(textAt(rule, place.column));
    else if (event.key === 'Delete' || event.key === 'Backspace') onWrite?.(place, '');
    else if (event.key.length === 1) begin(event.key);
    else return;
    event.preventDefault();
  }

  function onClick({ target }: MouseEvent) {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
    if (!cell || target instanceof HTMLTextAreaElement) return;
    const next = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    onPlace(next);
    const chosen = table.rules[next.row];
    if (onWrite && chosen) setField({ begin: textAt(chosen, next.column) });
  }

  const columns = [
    ...table.inputs.map((column) => inLanguage(column.label, language) || column.expression),
    ...table.outputs.map((column) => inLanguage(column.label, language) || column.expression || t('decisions.out')),
    ...table.annotations,
    t('dmn.note'),
  ];
  return (
    <div className="decision-scroll">
      {/* a table whose cells are gone through by keys, as ARIA's practices have it */}
      <table
        ref={grid}
        className="decision-grid"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={t('decisions.table', { name })}
        aria-readonly={!onWrite}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onCopy={(event) => {
          if (!(event.target instanceof HTMLTableCellElement) || !rule) return;
          event.clipboardData.setData('text/plain', textAt(rule, place.column));
          event.preventDefault();
        }}
        onPaste={(event) => {
          if (!(event.target instanceof HTMLTableCellElement) || !onPaste) return;
          event.preventDefault();
          onPaste(place, block(event.clipboardData.getData('text/plain')));
        }}
      >
        <Head table={table} faults={faults} onColumn={more.onColumn} />
        <tbody>
          {table.rules.map((each, row) => (
            <Line
              key={each.id || row}
              rule={each}
              row={row}
              inputs={table.inputs.length}
              outputs={table.outputs.length}
              faults={faults}
              came={matched.get(row)}
              present={row === place.row ? place.column : null}
            >
              {field && row === place.row && (
                <CellField
                  key={place.column}
                  label={t('dmn.cell', { column: columns[place.column] ?? '', n: row + 1 })}
                  value={textAt(each, place.column)}
                  begin={field.begin}
                  onWrite={(text) => onWrite?.(place, text)}
                  onDone={(next) => {
                    if (next === null) setField(null);
                    else go(next === 'stay' ? null : next);
                  }}
                />
              )}
            </Line>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Lines and columns of what a spreadsheet put on the clipboard. */
function block(text: string): string[][] {
  const lines = text.replaceAll('\r', '').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map((each) => each.trim()));
}
