/** Doing something to one task or to many: how it goes is told of each task in its row, and once of all. */
import { useCallback, useState } from 'react';
import { Problem } from '../../api/client';
import { problemText } from '../../api/problem';
import type { UserTask } from '../../api/types';
import { getTask } from '../../api/userTasks';
import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { taskName } from '../../ui/taskNames';
import { carryOut, type Action } from './work';

/** What became of a task; by its key. */
export type Results = ReadonlyMap<string, { done: boolean; text: string }>;

export interface Work {
  working: boolean;
  results: Results;
  /** One after the other, so that many do not crowd out what others do; resolves to the keys that failed. */
  run: (action: Action, tasks: readonly UserTask[], to?: string) => Promise<string[]>;
  forget: () => void;
}

const NONE: Results = new Map();

export function useWork(onUpdate: (task: UserTask) => void): Work {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const [working, setWorking] = useState(false);
  const [results, setResults] = useState<Results>(NONE);

  async function one(action: Action, task: UserTask, to: string | null) {
    try {
      await carryOut(action, task, me, to);
      return { done: true, text: t(`inbox.done.${action}`) };
    } catch (error) {
      const taken = action === 'claim' && error instanceof Problem && error.status === 409;
      return { done: false, text: taken ? t('inbox.taken') : problemText(error, language, t) };
    }
  }

  async function run(action: Action, tasks: readonly UserTask[], to: string | null = null): Promise<string[]> {
    setWorking(true);
    setResults(NONE);
    const found = new Map<string, { done: boolean; text: string }>();
    for (const task of tasks) {
      const key = task.userTaskKey;
      found.set(key, await one(action, task, to));
      if (tasks.length > 1) setResults(new Map(found));
      await getTask(key).then(
        ({ value }) => onUpdate(value),
        () => undefined, // it may be gone from what this person sees
      );
    }
    const failed = [...found].filter(([, { done }]) => !done).map(([key]) => key);
    announce(summary(action, tasks, found, failed.length));
    setWorking(false);
    return failed;
  }

  function summary(action: Action, tasks: readonly UserTask[], found: Results, failed: number): string {
    const [only] = tasks;
    const [result] = found.values();
    if (only && result && tasks.length === 1) {
      return result.done ? t(`inbox.did.${action}`, { name: taskName(only, pick, t) }) : result.text;
    }
    return failed ? t('inbox.bulkSome', { done: found.size - failed, failed }) : t('inbox.bulkAll', { n: found.size });
  }

  return { working, results, run, forget: useCallback(() => setResults(NONE), []) };
}
