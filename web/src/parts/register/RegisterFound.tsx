/** What a register has found: how much, as a table of its own, and to be saved for spreadsheets. */
import type { ReactNode } from 'react';
import { problemText } from '../../api/problem';
import { saveTable } from '../../api/save';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Paged } from '../../ui/Paged';
import type { usePages } from '../../ui/usePages';
import './register.css';

interface Props<Item> {
  found: ReturnType<typeof usePages<Item>>;
  /** what is said when nothing is found */
  none: string;
  /** The same as a table for spreadsheets, in a language. */
  table: (language: string) => Promise<string>;
  /** the name of the file */
  file: string;
  children: (items: Item[]) => ReactNode;
}

export function RegisterFound<Item>({ found, none, table, file, children }: Props<Item>) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const total = formatNumber(found.page?.totalItems ?? 0, language);

  async function save() {
    try {
      saveTable(await table(language), file);
      announce(t('search.saved'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }

  return (
    <>
      {found.items && (
        <div className="register-summary">
          <p className="muted" role="status">
            {t(found.page?.hasMoreTotalItems ? 'checked.atLeast' : 'checked.found', { n: total })}
          </p>
          {found.items.length > 0 && <Button onPress={() => void save()}>{t('search.save')}</Button>}
        </div>
      )}
      <Paged list={found} empty={none}>
        {children}
      </Paged>
    </>
  );
}
