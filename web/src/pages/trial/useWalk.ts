/** A case of a draft that is walked by hand: what was chosen so far, and where it stands. */
import { useCallback, useState } from 'react';
import { simulate, type Reason, type Simulation, type Step } from '../../api/draftTrials';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { useResource } from '../../ui/useResource';

interface Chosen {
  start: Step | null;
  steps: readonly Step[];
}

const NOTHING: Chosen = { start: null, steps: [] };

/** `said` tells where a case stands. */
export function useWalk(draftKey: string, process: string, said: (found: Simulation) => string) {
  const { pick } = useI18n();
  const announce = useAnnounce();
  const first = useResource(
    useCallback(
      (signal: AbortSignal) => simulate(draftKey, process ? { processDefinitionId: process } : {}, signal),
      [draftKey, process],
    ),
  );
  const [chosen, setChosen] = useState(NOTHING);
  const [found, setFound] = useState<Simulation | null>(null);
  const [gone, setGone] = useState(0);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState<readonly Reason[]>([]);
  const shown = found ?? first.data ?? null;

  /** Whether it could be gone; what is refused is told, and everything stays as it was. */
  async function go(next: Chosen): Promise<boolean> {
    setWorking(true);
    setError(null);
    setRefused([]);
    try {
      const { start, steps } = next;
      const begun = start && {
        processDefinitionId: shown?.processDefinitionId ?? '',
        at: shown?.at ?? '',
        start,
        steps,
      };
      const answer = await simulate(draftKey, begun ?? (process ? { processDefinitionId: process } : {}));
      if (answer.refused) {
        setRefused(answer.refused.reasons);
        announce(answer.refused.reasons.map(({ message }) => pick(message.th, message.en)).join(' '));
        return false;
      }
      setChosen(next);
      setFound(answer);
      setGone((count) => count + 1);
      announce(said(answer));
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setWorking(false);
    }
  }

  const { start, steps } = chosen;
  return {
    first,
    shown,
    start,
    steps,
    /** how often it went somewhere */
    gone,
    working,
    error,
    refused,
    begin: (by: Step) => go({ start: by, steps: [] }),
    choose: (step: Step) => go({ start, steps: [...steps, step] }),
    back: () => go(steps.length > 0 ? { start, steps: steps.slice(0, -1) } : NOTHING),
    restart: () => go(NOTHING),
  };
}

export type WalkState = ReturnType<typeof useWalk>;
