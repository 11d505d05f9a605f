/** A form that is open to be changed: what it says now, what is chosen in it, and the steps back. */
import { parseSchema, type Schema } from '../forms/schema';
import type { Path } from './tree';

export interface Opened {
  form: Schema;
  /** what is chosen; nothing: the form as a whole */
  chosen: Path | null;
  /** grows with every change */
  edition: number;
  canUndo: boolean;
  canRedo: boolean;
}
interface Step {
  form: Schema;
  chosen: Path | null;
}

const MOST_STEPS = 200;

export class FormEditor {
  private readonly listeners = new Set<() => void>();
  private before: Step[] = [];
  private after: Step[] = [];
  private opened: Opened;

  /** Throws for what is no form at all. */
  constructor(content: string) {
    const form = parseSchema(content);
    if (content.trim().startsWith('[') || !Array.isArray(form.components))
      throw new Error('a form must have a list of components');
    this.opened = { form, chosen: null, edition: 0, canUndo: false, canRedo: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): Opened => this.opened;

  /** The form as a file. */
  readonly xml = (): string => `${JSON.stringify(this.opened.form, null, 2)}\n`;

  readonly choose = (chosen: Path | null): void => this.tell({ chosen }, 0);

  /** Changes the form, as one step that can be undone. */
  readonly change = (form: Schema, chosen: Path | null = this.opened.chosen): void => {
    this.before = [...this.before.slice(-MOST_STEPS), this.step()];
    this.after = [];
    this.tell({ form, chosen }, 1);
  };

  readonly undo = (): void => {
    const step = this.before.pop();
    if (!step) return;
    this.after.push(this.step());
    this.tell(step, 1);
  };

  readonly redo = (): void => {
    const step = this.after.pop();
    if (!step) return;
    this.before.push(this.step());
    this.tell(step, 1);
  };

  private step(): Step {
    return { form: this.opened.form, chosen: this.opened.chosen };
  }

  private tell(changes: Partial<Step>, more: number): void {
    this.opened = {
      ...this.opened,
      ...changes,
      edition: this.opened.edition + more,
      canUndo: this.before.length > 0,
      canRedo: this.after.length > 0,
    };
    for (const listener of this.listeners) listener();
  }
}
