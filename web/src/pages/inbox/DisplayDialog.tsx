/** How the list is shown: order, groups, columns. */
import { useState } from 'react';
import { SORTS, type Sort } from '../../api/inbox';
import { useI18n } from '../../i18n';
import { ActionDialog } from '../../ui/ActionDialog';
import { CheckList } from '../../ui/CheckList';
import { Choice } from '../../ui/Choice';
import { COLUMNS, GROUPINGS, type Changes, type Display } from './filters';

interface Props {
  display: Display;
  sort: Sort;
  onChange: (changes: Changes) => void;
  onClose: () => void;
}

export function DisplayDialog({ display, sort, onChange, onClose }: Props) {
  const { t } = useI18n();
  const [columns, setColumns] = useState<string[]>([...display.columns]);
  const [grouping, setGrouping] = useState(display.grouping);
  const [order, setOrder] = useState(sort);
  return (
    <ActionDialog
      title={t('inbox.display')}
      submit={t('inbox.display.use')}
      act={() => Promise.resolve(columns.length > 0 ? null : t('inbox.display.missing'))}
      onClose={(agreed) => {
        onClose();
        if (agreed) onChange({ columns: columns.join(' '), grouping, sort: order });
      }}
    >
      <Choice
        label={t('inbox.sort')}
        value={order}
        options={SORTS.map((value) => ({ value, label: t(`inbox.sort.${value}`) }))}
        onChange={setOrder}
      />
      <Choice
        label={t('inbox.grouping')}
        value={grouping}
        options={GROUPINGS.map((value) => ({ value, label: t(`inbox.grouping.${value}`) }))}
        onChange={setGrouping}
      />
      <CheckList
        label={t('inbox.columns')}
        hint={t('inbox.columnsHint')}
        options={COLUMNS.map((value) => ({ value, label: t(`inbox.column.${value}`) }))}
        chosen={columns}
        onChange={setColumns}
      />
    </ActionDialog>
  );
}
