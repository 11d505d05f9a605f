/** Which rows are selected: those that are still in the list, and have not left the view. */
import { useState } from 'react';
import type { UserTask } from '../../api/types';
import type { Row } from './inboxList';

export interface Selection {
  /** in the order of the list */
  tasks: UserTask[];
  all: boolean;
  has: (key: string) => boolean;
  toggle: (key: string) => void;
  setAll: (selected: boolean) => void;
  /** exactly these */
  set: (keys: readonly string[]) => void;
}

/** `of` names the list: the selection of one list does not go over to another. */
export function useSelection(of: string, rows: readonly Row[]): Selection {
  const [state, setState] = useState<{ of: string; keys: ReadonlySet<string> }>({ of, keys: new Set() });
  const keys = state.of === of ? state.keys : new Set<string>();
  const there = rows.filter((row) => !row.gone);
  const tasks = there.map(({ task }) => task).filter((task) => keys.has(task.userTaskKey));
  const set = (next: Iterable<string>) => setState({ of, keys: new Set(next) });
  return {
    tasks,
    all: tasks.length > 0 && tasks.length === there.length,
    has: (key) => keys.has(key),
    toggle: (key) => {
      const others = [...keys].filter((each) => each !== key);
      set(keys.has(key) ? others : [...others, key]);
    },
    setAll: (selected) => set(selected ? there.map(({ task }) => task.userTaskKey) : []),
    set,
  };
}
