/** The star of a process: pressed while it is a favourite. Shown at once, taken back when the server refuses. */
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { setFavourite, type CatalogueEntry } from '../../api/catalogue';
import { useI18n } from '../../i18n';
import { useAct } from '../../ui/useAct';

export function Favourite({ entry, onChanged }: { entry: CatalogueEntry; onChanged: () => void }) {
  const { pick, t } = useI18n();
  const { working, act } = useAct();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const name = pick(entry.name.th, entry.name.en) || entry.processDefinitionId;
  const shown = wanted ?? entry.favourite;

  async function change(favourite: boolean) {
    setWanted(favourite);
    const done = await act(async () => {
      await setFavourite(entry.processDefinitionId, favourite);
      return t(favourite ? 'catalogue.added' : 'catalogue.removed', { name });
    });
    setWanted(done ? favourite : null);
    if (done) onChanged();
  }

  return (
    <ToggleButton
      className="button quiet favourite"
      aria-label={t('catalogue.favourite', { name })}
      isSelected={shown}
      isDisabled={working}
      onChange={(favourite) => void change(favourite)}
    >
      <span aria-hidden="true">{shown ? '★' : '☆'}</span>
    </ToggleButton>
  );
}
