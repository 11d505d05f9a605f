/** Names of people and groups in the present language, instead of their keys. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { groupBook, personBook, type NameBook } from '../api/directory';
import { useI18n } from '../i18n';
import { forgotten } from './erased';

type NameOf = (id: string) => string;

function useBook(book: NameBook, ids: readonly string[]): NameOf {
  const { pick, t } = useI18n();
  const edition = useSyncExternalStore(book.subscribe, book.snapshot);
  const key = ids.join(' ');
  useEffect(() => book.want(key ? key.split(' ') : []), [book, key]);
  return useCallback(
    (id) => {
      // the edition tells that the book has changed since
      const name = edition >= 0 ? book.get(id) : undefined;
      const text = (name && pick(name.th, name.en)) || id;
      return name?.left ? t('common.left', { name: text }) : text;
    },
    [book, edition, pick, t],
  );
}

export function useGroupNames(ids: readonly string[]): NameOf {
  return useBook(groupBook, ids);
}

export function usePersonNames(usernames: readonly string[]): NameOf {
  return useBook(personBook, usernames);
}

const SYSTEM = 'system';

/** Of one person; `system` and nobody are the system, and who was forgotten is a number. */
export function usePersonName(username: string | null | undefined): string {
  const { t } = useI18n();
  const person = username && username !== SYSTEM ? username : null;
  const gone = person && forgotten(person);
  const nameOf = useBook(personBook, person && !gone ? [person] : []);
  if (gone) return t('common.forgotten', { n: gone });
  return person ? nameOf(person) : t('common.system');
}
