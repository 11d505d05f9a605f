/** Where the panel of a business rule task leads: the page of the draft knows the other files of it. */
import { createContext } from 'react';

export interface DecisionLinks {
  /** Opens a decision of the draft, in its file. */
  open: (decisionId: string) => void;
  /** Shows a decision as it is deployed. */
  look: (decisionId: string) => void;
  /** Asks what a new decision is called, makes a file for it, tells its id, and opens it. */
  make: (name: string, made: (decisionId: string) => void) => void;
}

/** Null where there is nowhere to go. */
export const DecisionLink = createContext<DecisionLinks | null>(null);
