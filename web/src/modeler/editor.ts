/** What pages do with an open diagram: read it, change it so that it can be undone, choose in it, mark it. */
import type BpmnModeler from 'bpmn-js/lib/Modeler';
import { Drawing } from './drawing';
import type { Create, Moddle } from './moddle';

export interface Shape {
  id: string;
  type: string;
  businessObject: Moddle;
  /** of a label: what it names */
  labelTarget?: Shape;
}
interface Selection {
  get: () => Shape[];
  select: (shape: Shape | null) => void;
}
interface Canvas {
  getRootElement: () => Shape;
  setRootElement: (root: Shape) => void;
  findRoot: (shape: Shape) => Shape | undefined;
  scrollToElement: (shape: Shape, padding?: typeof AROUND) => void;
  zoom: (level?: number | 'fit-viewport', center?: 'auto') => number;
  addMarker: (id: string, marker: string) => void;
  removeMarker: (id: string, marker: string) => void;
}
interface Modeling {
  updateProperties: (shape: Shape, properties: object) => void;
  updateModdleProperties: (shape: Shape, element: Moddle, properties: object) => void;
}
interface CommandStack {
  undo: () => void;
  redo: () => void;
  canUndo: () => boolean;
  canRedo: () => boolean;
}
interface Registry {
  get: (id: string) => Shape | undefined;
  filter: (wanted: (shape: Shape) => boolean) => Shape[];
}
interface EventBus {
  on: (events: string | string[], callback: () => void) => void;
}

const AIR = 0.95;
const ZOOM = 1.25;
/** Names are too small to read below this. */
const READABLE = 0.6;
/** What is seen around an element that is scrolled to; pixels. */
const AROUND = { top: 150, right: 300, bottom: 150, left: 150 };

/** What is chosen, and a number that grows with every change of the diagram. */
export interface Edited {
  shape: Shape;
  edition: number;
}

export class Editor {
  readonly drawing: Drawing;
  private edited: Edited;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly modeler: BpmnModeler) {
    this.drawing = new Drawing(modeler);
    this.edited = { shape: this.chosen(), edition: 0 };
    const bus = modeler.get<EventBus>('eventBus');
    bus.on('commandStack.changed', () => this.tell(this.edited.edition + 1));
    bus.on(['selection.changed', 'root.set'], () => this.tell(this.edited.edition));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): Edited => this.edited;

  readonly create: Create = (type, properties) =>
    this.modeler.get<{ create: Create }>('moddle').create(type, properties);

  /** The diagram as a file. */
  async xml(): Promise<string> {
    const { xml } = await this.modeler.saveXML({ format: true });
    if (!xml) throw new Error('the diagram could not be written');
    return xml;
  }

  /** What is chosen, never a label; the whole diagram when nothing or several things are. */
  chosen(): Shape {
    const chosen = this.modeler.get<Selection>('selection').get();
    const [only] = chosen;
    return chosen.length === 1 && only ? (only.labelTarget ?? only) : this.canvas.getRootElement();
  }

  /** Chooses an element and brings it into view; false when the diagram has none of this id. */
  choose(id: string): boolean {
    const shape = this.find(id);
    if (!shape) return false;
    const root = this.canvas.findRoot(shape);
    if (root) this.canvas.setRootElement(root);
    this.modeler.get<Selection>('selection').select(shape === root ? null : shape);
    if (shape !== root) this.canvas.scrollToElement(shape, AROUND);
    return true;
  }

  find(id: string): Shape | undefined {
    return this.modeler.get<Registry>('elementRegistry').get(id);
  }

  /** Changes an element, as one step that can be undone. */
  change(shape: Shape, properties: object): void {
    this.modeler.get<Modeling>('modeling').updateProperties(shape, properties);
  }

  /** Changes what belongs to an element but is not drawn, such as the process of a pool. */
  changeInside(shape: Shape, element: Moddle, properties: object): void {
    this.modeler.get<Modeling>('modeling').updateModdleProperties(shape, element, properties);
  }

  undo(): void {
    if (this.canUndo()) this.commands.undo();
  }
  redo(): void {
    if (this.canRedo()) this.commands.redo();
  }
  canUndo(): boolean {
    return this.commands.canUndo();
  }
  canRedo(): boolean {
    return this.commands.canRedo();
  }

  search(): void {
    this.modeler.get<{ toggle: () => void }>('searchPad').toggle();
  }

  /** The whole diagram when it can be read so, else its beginning. */
  begin(): void {
    this.zoom('fit');
    if (this.canvas.zoom() >= READABLE) return;
    this.canvas.zoom(READABLE);
    const start = this.modeler.get<Registry>('elementRegistry').filter(({ type }) => type === 'bpmn:StartEvent')[0];
    if (start) this.canvas.scrollToElement(start, AROUND);
  }

  zoom(how: 'in' | 'out' | 'fit'): void {
    if (how !== 'fit') this.canvas.zoom(this.canvas.zoom() * (how === 'in' ? ZOOM : 1 / ZOOM), 'auto');
    else this.canvas.zoom(this.canvas.zoom('fit-viewport', 'auto') * AIR, 'auto');
  }

  /** Puts the marker on exactly these of the elements that had or get it. */
  mark(marker: string, before: readonly string[], ids: readonly string[]): void {
    for (const id of before) if (this.find(id)) this.canvas.removeMarker(id, marker);
    for (const id of ids) if (this.find(id)) this.canvas.addMarker(id, marker);
  }

  private tell(edition: number): void {
    this.edited = { shape: this.chosen(), edition };
    for (const listener of this.listeners) listener();
  }
  private get canvas(): Canvas {
    return this.modeler.get<Canvas>('canvas');
  }
  private get commands(): CommandStack {
    return this.modeler.get<CommandStack>('commandStack');
  }
}
