/** Where the panels have a form made: the page of the draft makes it a file of the draft. */
import { createContext } from 'react';
import type { Texts } from '../../api/types';

export interface Wanted {
  /** of the process that it belongs to, with a dot behind it */
  prefix: string;
  /** what the form is named after */
  name: string;
  title: Texts;
}

/** Null where none can be made. Resolves to the id of the new form. */
export const MakeForm = createContext<((wanted: Wanted) => Promise<string>) | null>(null);
