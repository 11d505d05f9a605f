import { useState } from 'react';
import { useI18n } from '../i18n';
import { Button } from './Button';
import { Choice } from './Choice';

interface Props {
  label: string;
  /** what stands there as long as nothing is chosen */
  none: string;
  options: readonly { value: string; label: string }[];
  onAdd: (value: string) => void;
}

/** One after the other out of a list: chosen first, then added, for the arrow keys pass by every one that comes before. */
export function AddChoice({ label, none, options, onAdd }: Props) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState('');
  const known = options.some(({ value }) => value === chosen);
  return (
    <div className="filter-line">
      <Choice
        label={label}
        value={known ? chosen : ''}
        options={[{ value: '', label: none }, ...options]}
        onChange={setChosen}
      />
      <Button
        isDisabled={!known}
        aria-label={`${t('common.add')}: ${label}`}
        onPress={() => {
          onAdd(chosen);
          setChosen('');
        }}
      >
        {t('common.add')}
      </Button>
    </div>
  );
}
