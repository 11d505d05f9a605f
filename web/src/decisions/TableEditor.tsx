import { useState } from 'react';
import { useI18n } from '../i18n';
import { ColumnDialog } from './ColumnDialog';
import type { DecisionEditor } from './editor';
import { Grid } from './Grid';
import type { DecisionId, Table } from './model';
import { columnsOf, type Place } from './places';
import * as edits from './tableEdits';
import { TableTools } from './TableTools';
import { hintOf } from './types';

interface Props {
  editor: DecisionEditor;
  decision: DecisionId;
  table: Table;
  name: string;
  faults: ReadonlyMap<string, string>;
  matched: ReadonlyMap<number, readonly string[]>;
  place: Place;
  onPlace: (place: Place) => void;
  /** The present cell takes the focus whenever this changes. */
  turn: number;
}

/** A decision table that is changed. */
export function TableEditor({ editor, decision, table, name, faults, matched, place, onPlace, turn }: Props) {
  const { t } = useI18n();
  const [asked, setAsked] = useState<{ side: edits.Side; at: number | null } | null>(null);
  const change = (edit: (table: Element) => void) => editor.change((file) => edit(edits.tableIn(file, decision)));
  const row = Math.max(0, Math.min(place.row, table.rules.length - 1));
  const { inputs, outputs } = table;

  return (
    <>
      <TableTools
        table={table}
        row={row}
        onPolicy={(policy, aggregation) => change((each) => edits.setHitPolicy(each, policy, aggregation))}
        onNewColumn={(side) => setAsked({ side, at: null })}
        onAdd={(at) => {
          change((each) => edits.addRule(each, at));
          onPlace({ row: at, column: 0 });
        }}
        onCopy={(at) => {
          change((each) => edits.copyRule(each, at));
          onPlace({ ...place, row: at + 1 });
        }}
        onMove={(at, by) => {
          change((each) => edits.moveRule(each, at, by));
          onPlace({ ...place, row: at + by });
        }}
        onRemove={(at) => change((each) => edits.removeRule(each, at))}
      />
      <Grid
        table={table}
        name={name}
        faults={faults}
        matched={matched}
        place={place}
        turn={turn}
        onPlace={onPlace}
        onWrite={(at, text) =>
          change((each) =>
            at.column < columnsOf(table) - 1
              ? edits.setCell(each, at.row, at.column, text)
              : edits.setNote(each, at.row, text),
          )
        }
        onPaste={(at, texts) => change((each) => edits.setBlock(each, at.row, at.column, texts))}
        onColumn={(side, at) => setAsked({ side, at })}
        onAddRule={(at) => change((each) => edits.addRule(each, at))}
      />
      <p id="decision-hint" className="muted small decision-hint">
        {hint()}
      </p>
      {asked && (
        <ColumnDialog
          side={asked.side}
          column={asked.at === null ? null : (of(asked.side)[asked.at] ?? null)}
          canMove={{ left: Boolean(asked.at), right: asked.at !== null && asked.at < of(asked.side).length - 1 }}
          canRemove={asked.side === 'input' ? true : outputs.length > 1}
          onWrite={(texts) =>
            change((each) =>
              asked.at === null
                ? edits.addColumn(each, asked.side, texts)
                : edits.setColumn(each, asked.side, asked.at, texts),
            )
          }
          onMove={(by) => change((each) => edits.moveColumn(each, asked.side, asked.at ?? 0, by))}
          onRemove={() => change((each) => edits.removeColumn(each, asked.side, asked.at ?? 0))}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );

  function of(side: edits.Side) {
    return side === 'input' ? inputs : outputs;
  }

  /** What may be written in the present cell. */
  function hint(): string {
    const input = inputs[place.column];
    if (input) return hintOf(input.type, 'input', t);
    const output = outputs[place.column - inputs.length];
    return output ? hintOf(output.type, 'output', t) : t('dmn.hint.note');
  }
}
