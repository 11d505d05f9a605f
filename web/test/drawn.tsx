/** Stands in for the modeler of bpmn-js, which needs a browser: the model of a diagram, with its first element chosen. */
import { BpmnModdle } from 'bpmn-moddle';
import { useEffect, useState } from 'react';
import type { Edited, Editor, Shape } from '../src/modeler/editor';
import { PACKAGES, type Moddle } from '../src/modeler/moddle';

const moddle = new BpmnModdle(PACKAGES);
type Settable = Moddle & { set: (name: string, value: unknown) => void };

/** An editor over the model alone. */
class Model {
  readonly marks: [string, readonly string[]][] = [];
  readonly chosen: string[] = [];
  private readonly listeners = new Set<() => void>();
  private edited: Edited;
  constructor(
    private readonly root: Moddle,
    shape: Shape,
  ) {
    this.edited = { shape, edition: 0 };
  }
  create = (type: string, properties?: object) => moddle.create(type, properties);
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = () => this.edited;
  xml = async () => (await moddle.toXML(this.root)).xml;
  change = ({ businessObject }: Shape, properties: object) => this.changeInside(null, businessObject, properties);
  changeInside = (_: Shape | null, element: Moddle, properties: object) => {
    for (const [name, value] of Object.entries(properties)) (element as Settable).set(name, value);
    this.edited = { ...this.edited, edition: this.edited.edition + 1 };
    for (const listener of this.listeners) listener();
  };
  mark = (marker: string, _before: readonly string[], ids: readonly string[]) => void this.marks.push([marker, ids]);
  choose = (id: string) => Boolean(this.chosen.push(id));
  /** nothing is drawn here: that is the browser's to test */
  drawing = { leadsOn: () => false, targets: () => [], remove: () => undefined };
  undo = () => undefined;
  redo = () => undefined;
  canUndo = () => this.edited.edition > 0;
  canRedo = () => false;
}

/** The editor that was opened last. */
export const drawn: { model: Model | null } = { model: null };

interface Props {
  xml: string;
  onOpen: (editor: Editor | null) => void;
}

export default function Modeler({ xml, onOpen }: Props) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void moddle.fromXML(xml).then(({ rootElement }) => {
      const task = rootElement.get<Moddle[]>('rootElements')[0]?.get<Moddle[]>('flowElements')[0];
      drawn.model = new Model(rootElement, { id: 'Task', type: 'bpmn:UserTask', businessObject: task as Moddle });
      onOpen(drawn.model as unknown as Editor);
      setReady(true);
    });
    return () => onOpen(null);
  }, [xml, onOpen]);
  return ready ? <p>drawn</p> : null;
}
