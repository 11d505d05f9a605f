/** The session of this browser: unknown at first, then a person or nobody. */
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Problem, setCsrfToken, whenNoSubstitute, whenUnauthorized } from '../api/client';
import * as api from '../api/session';
import type { Me } from '../api/types';
import { goOnActing, keepActing } from './actingFor';
import { forgetOthers } from './keptDrafts';

type State =
  | { kind: 'unknown' }
  | { kind: 'nobody'; ended: boolean }
  | { kind: 'failed'; error: unknown }
  | { kind: 'person'; me: Me };

interface Session {
  state: State;
  /** Resolves to whether a code is asked for; until it is given, there is no session. */
  signIn: (username: string, password: string) => Promise<boolean>;
  giveCode: (code: string) => Promise<void>;
  /** Asks anew who is signed in: something about the account has changed. */
  refresh: () => Promise<void>;
  signOut: () => Promise<void>;
  /** From now on in the name of an absent person; null: in one's own. */
  actFor: (absent: string | null) => Promise<void>;
}

const Context = createContext<Session | null>(null);

export function useSession(): Session {
  const value = use(Context);
  if (!value) throw new Error('useSession outside SessionProvider');
  return value;
}

/** In whose name it is done: that of the absent person while one stands in, as the server sees it, too. */
export function inTheNameOf(me: Me): string {
  return me.onBehalfOf ?? me.username;
}

/** The signed-in person; pages below the shell are only drawn when there is one. */
export function useMe(): Me {
  const { state } = useSession();
  if (state.kind !== 'person') throw new Error('useMe without a signed-in person');
  return state.me;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: 'unknown' });

  useEffect(() => {
    const abort = new AbortController();
    whenUnauthorized(() => {
      setCsrfToken(null);
      keepActing(null);
      // several requests may be refused at once: the later ones find nobody, whose session has ended all the same
      setState((before) => ({
        kind: 'nobody',
        ended: before.kind === 'person' || (before.kind === 'nobody' && before.ended),
      }));
    });
    const asOneself = () => {
      keepActing(null);
      return api.whoAmI().then((me) => setState({ kind: 'person', me }));
    };
    whenNoSubstitute(() => void asOneself().catch(() => undefined));
    goOnActing();
    api.whoAmI(abort.signal).then(
      (me) => setState({ kind: 'person', me }),
      (error: unknown) => {
        if (error instanceof Problem && error.body.code === 'no-substitute') return; // asked again as oneself
        if (abort.signal.aborted || (error instanceof Problem && error.status === 401)) return;
        setState({ kind: 'failed', error });
      },
    );
    return () => abort.abort();
  }, []);

  const signIn = useCallback(async (username: string, password: string) => {
    keepActing(null);
    const me = await api.signIn(username, password);
    if (me) setState({ kind: 'person', me });
    return me === null;
  }, []);
  const giveCode = useCallback(async (code: string) => {
    const me = await api.giveCode(code);
    if (me) setState({ kind: 'person', me });
  }, []);
  const refresh = useCallback(async () => setState({ kind: 'person', me: await api.whoAmI() }), []);
  const signedIn = state.kind === 'person' ? state.me.username : null;
  const signOut = useCallback(async () => {
    try {
      await api.signOut();
    } finally {
      keepActing(null);
      setState({ kind: 'nobody', ended: false });
      // what others left on this machine goes; what one typed oneself and the server has not got waits for oneself
      if (signedIn !== null) await forgetOthers(signedIn);
    }
  }, [signedIn]);
  const actFor = useCallback(async (absent: string | null) => {
    keepActing(absent);
    setState({ kind: 'person', me: await api.whoAmI() });
  }, []);

  const value = useMemo(
    () => ({ state, signIn, giveCode, refresh, signOut, actFor }),
    [state, signIn, giveCode, refresh, signOut, actFor],
  );
  return <Context value={value}>{children}</Context>;
}

/** Administrators may do what owners of every process may. */
export function mayOwn(me: Me, processDefinitionId: string): boolean {
  return isAdministrator(me) || me.ownedProcesses.some((id) => id === '*' || id === processDefinitionId);
}

/** Whether this person works on drafts of a process (of any, without one); administrators as such do not. */
export function mayDraft(me: Me, processDefinitionId?: string): boolean {
  return processDefinitionId === undefined
    ? me.ownedProcesses.length > 0
    : me.ownedProcesses.some((id) => id === '*' || id === processDefinitionId);
}

/** Whether this person decides on requests of others for some process. */
export function mayDecide(me: Me): boolean {
  return isAdministrator(me) || me.ownedProcesses.length > 0;
}

export function isAdministrator(me: Me): boolean {
  return me.roles.includes('administrator');
}

/** Whether this person sees how the service is set up. */
export function seesSettings(me: Me): boolean {
  return isAdministrator(me) || me.roles.includes('auditor');
}

/** Auditors read all and change nothing; whether others may change something is the server's to say. */
export function readsOnly(me: Me): boolean {
  return me.roles.length > 0 && me.roles.every((role) => role === 'auditor');
}

/** Whether something about the account has to be done before anything else is answered. */
export function mustActFirst(me: Me): boolean {
  return me.passwordChangeRequired || me.secondFactorRequired;
}
