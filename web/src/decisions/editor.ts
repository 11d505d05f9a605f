/** A DMN file that is open to be changed: each change is one step that can be undone. */
import { readFile, type DecisionFile } from './model';
import { parse, write } from './xml';

/** What the file says now, and a number that grows with every change. */
export interface Opened {
  file: DecisionFile;
  edition: number;
}

/** Characters of the texts before, which undoing goes back to: beyond this the oldest are forgotten. */
const MOST_KEPT = 20_000_000;

export class DecisionEditor {
  private present: Document;
  private text: string;
  private opened: Opened;
  private readonly past: string[] = [];
  private readonly future: string[] = [];
  private readonly listeners = new Set<() => void>();

  /** Throws when the file is no DMN. */
  constructor(xml: string) {
    this.present = parsed(xml);
    this.text = xml;
    this.opened = { file: readFile(this.present), edition: 0 };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): Opened => this.opened;

  /** The file as text; as it was opened while nothing is changed. */
  xml(): string {
    return this.text;
  }

  /** Changes the file. What changes nothing is no step; what throws half-way leaves the file as it was. */
  change(edit: (file: Document) => void): void {
    try {
      edit(this.present);
    } catch (error) {
      this.present = parsed(this.text);
      throw error;
    }
    const text = write(this.present, this.text);
    if (text === this.text || text === write(parsed(this.text), this.text)) return;
    this.past.push(this.text);
    this.future.length = 0;
    while (this.past.length > 1 && this.past.reduce((sum, each) => sum + each.length, 0) > MOST_KEPT) this.past.shift();
    this.tell(text);
  }

  undo(): void {
    this.go(this.past, this.future);
  }
  redo(): void {
    this.go(this.future, this.past);
  }
  canUndo(): boolean {
    return this.past.length > 0;
  }
  canRedo(): boolean {
    return this.future.length > 0;
  }

  private go(from: string[], to: string[]): void {
    const text = from.pop();
    if (text === undefined) return;
    to.push(this.text);
    this.present = parsed(text);
    this.tell(text);
  }

  private tell(text: string): void {
    this.text = text;
    this.opened = { file: readFile(this.present), edition: this.opened.edition + 1 };
    for (const listener of this.listeners) listener();
  }
}

function parsed(xml: string): Document {
  const file = parse(xml);
  if (!file) throw new Error('this is no DMN file');
  return file;
}
