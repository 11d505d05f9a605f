import { useState } from 'react';
import { useI18n } from '../i18n';
import { ActionDialog } from '../ui/ActionDialog';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { TextInput } from '../ui/Fields';
import { bothOf, joined } from './labels';
import type { Column } from './model';
import type { ColumnTexts, Side } from './tableEdits';
import { TYPES, typeName } from './types';

interface Props {
  side: Side;
  /** null for a new one */
  column: Column | null;
  /** whether there is one before it, one behind it */
  canMove: { left: boolean; right: boolean };
  /** whether the table keeps a column of this side without it */
  canRemove: boolean;
  onWrite: (texts: ColumnTexts) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onClose: () => void;
}

const NEW = { label: '', expression: '', type: 'string', values: '', otherwise: '' };

/** What a column is: its name in both languages, what it looks at or is called, its type and its allowed values. */
export function ColumnDialog({ side, column, canMove, canRemove, onWrite, onMove, onRemove, onClose }: Props) {
  const { t } = useI18n();
  const [texts, setTexts] = useState<ColumnTexts>(column ?? NEW);
  const [label, setLabel] = useState(() => bothOf(texts.label));
  const set = (changes: Partial<ColumnTexts>) => setTexts({ ...texts, ...changes });
  const types = TYPES.some((type) => type === texts.type) ? TYPES : [...TYPES, texts.type];
  const input = side === 'input';

  function after(act: () => void) {
    act();
    onClose();
  }

  return (
    <ActionDialog
      title={t(column ? `dmn.column.${side}` : `dmn.column.new.${side}`)}
      submit={t('common.save')}
      act={() => {
        if (input && !texts.expression.trim()) return Promise.resolve(t('dmn.column.expressionNeeded'));
        onWrite({ ...texts, expression: texts.expression.trim(), label: joined(label) });
        return Promise.resolve(null);
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('panel.thai', { label: t('dmn.column.label') })}
        maxLength={500}
        value={label.th ?? ''}
        onChange={(th) => setLabel({ ...label, th })}
      />
      <TextInput
        label={t('panel.english', { label: t('dmn.column.label') })}
        maxLength={500}
        value={label.en ?? ''}
        onChange={(en) => setLabel({ ...label, en })}
      />
      <TextInput
        label={t(input ? 'dmn.column.expression' : 'dmn.column.name')}
        hint={t(input ? 'dmn.column.expressionHint' : 'dmn.column.nameHint')}
        maxLength={4000}
        value={texts.expression}
        onChange={(expression) => set({ expression })}
      />
      <Choice
        label={t('dmn.column.type')}
        value={texts.type}
        options={types.map((type) => ({ value: type, label: typeName(type, t) }))}
        onChange={(type) => set({ type })}
      />
      <TextInput
        label={t('dmn.column.values')}
        hint={t(input ? 'dmn.column.valuesHint' : 'dmn.column.outputValuesHint')}
        maxLength={4000}
        value={texts.values}
        onChange={(values) => set({ values })}
      />
      {!input && (
        <TextInput
          label={t('dmn.column.otherwise')}
          hint={t('dmn.column.otherwiseHint')}
          maxLength={4000}
          value={texts.otherwise}
          onChange={(otherwise) => set({ otherwise })}
        />
      )}
      {column && (
        <div className="row decision-column-acts">
          <Button small isDisabled={!canMove.left} onPress={() => after(() => onMove(-1))}>
            {t('dmn.column.left')}
          </Button>
          <Button small isDisabled={!canMove.right} onPress={() => after(() => onMove(1))}>
            {t('dmn.column.right')}
          </Button>
          <Button small isDisabled={!canRemove} onPress={() => after(onRemove)}>
            {t('dmn.column.remove')}
          </Button>
        </div>
      )}
    </ActionDialog>
  );
}
