/** Where the panels ask what a case may know at an element: the page of the draft tells them. */
import { createContext } from 'react';
import type { KnownVariable } from '../../api/modelDrafts';

export type AskKnown = (elementId: string, signal: AbortSignal) => Promise<KnownVariable[]>;

/** Null where nobody can tell. */
export const Known = createContext<AskKnown | null>(null);
