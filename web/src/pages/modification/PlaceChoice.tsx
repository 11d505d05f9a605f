import { useState } from 'react';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';

interface Props {
  places: readonly { id: string; name: string }[];
  onAdd: (id: string) => void;
}

/** One element after the other to begin at: what clicking on the diagram does, by keyboard. */
export function PlaceChoice({ places, onAdd }: Props) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState('');
  return (
    <div className="filter-line">
      <Choice
        label={t('modification.place')}
        value={chosen}
        options={[
          { value: '', label: t('modification.choose') },
          ...places.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setChosen}
      />
      <Button
        isDisabled={!places.some(({ id }) => id === chosen)}
        onPress={() => {
          onAdd(chosen);
          setChosen('');
        }}
      >
        {t('modification.add')}
      </Button>
    </div>
  );
}
