/** The session of this browser: unknown at first, then a person or nobody. */
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Problem, setCsrfToken, whenUnauthorized } from '../api/client';
import * as api from '../api/session';
import type { Me } from '../api/types';

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
}

const Context = createContext<Session | null>(null);

export function useSession(): Session {
  const value = use(Context);
  if (!value) throw new Error('useSession outside SessionProvider');
  return value;
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
      setState((before) => ({ kind: 'nobody', ended: before.kind === 'person' }));
    });
    api.whoAmI(abort.signal).then(
      (me) => setState({ kind: 'person', me }),
      (error: unknown) => {
        if (abort.signal.aborted || (error instanceof Problem && error.status === 401)) return;
        setState({ kind: 'failed', error });
      },
    );
    return () => abort.abort();
  }, []);

  const signIn = useCallback(async (username: string, password: string) => {
    const me = await api.signIn(username, password);
    if (me) setState({ kind: 'person', me });
    return me === null;
  }, []);
  const giveCode = useCallback(async (code: string) => {
    const me = await api.giveCode(code);
    if (me) setState({ kind: 'person', me });
  }, []);
  const refresh = useCallback(async () => setState({ kind: 'person', me: await api.whoAmI() }), []);
  const signOut = useCallback(async () => {
    try {
      await api.signOut();
    } finally {
      setState({ kind: 'nobody', ended: false });
    }
  }, []);

  const value = useMemo(
    () => ({ state, signIn, giveCode, refresh, signOut }),
    [state, signIn, giveCode, refresh, signOut],
  );
  return <Context value={value}>{children}</Context>;
}

/** Administrators may do what owners of every process may. */
export function mayOwn(me: Me, processDefinitionId: string): boolean {
  return isAdministrator(me) || me.ownedProcesses.some((id) => id === '*' || id === processDefinitionId);
}

/** Whether this person decides on requests of others for some process. */
export function mayDecide(me: Me): boolean {
  return isAdministrator(me) || me.ownedProcesses.length > 0;
}

export function isAdministrator(me: Me): boolean {
  return me.roles.includes('administrator');
}

/** Auditors read all and change nothing; whether others may change something is the server's to say. */
export function readsOnly(me: Me): boolean {
  return me.roles.length > 0 && me.roles.every((role) => role === 'auditor');
}
