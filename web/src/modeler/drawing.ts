/** Drawing without a mouse: a step after another, a flow between two, something taken away. Each is one step that can be undone. */
import type BpmnModeler from 'bpmn-js/lib/Modeler';
import type { Shape } from './editor';

/** What can be added, in the order in which it is offered. */
export const ADDED = [
  'UserTask',
  'ExclusiveGateway',
  'ParallelGateway',
  'BusinessRuleTask',
  'CallActivity',
  'SubProcess',
  'EndEvent',
] as const;
export type Added = (typeof ADDED)[number];

interface Point {
  x: number;
  y: number;
}
/** As the drawing knows it. */
interface Drawn extends Shape {
  parent?: Drawn;
  outgoing: Flow[];
  children?: Drawn[];
}
interface Flow extends Drawn {
  target: Drawn;
  waypoints: Point[];
}
interface ElementFactory {
  createShape: (attributes: { type: string; isExpanded?: boolean }) => Drawn;
}
interface Modeling {
  createShape: (shape: Drawn, at: Point, where: Drawn) => Drawn;
  connect: (from: Drawn, to: Drawn) => unknown;
  removeElements: (elements: Drawn[]) => void;
}
interface Rules {
  allowed: (rule: string, context: object) => unknown;
}

const FLOW = 'bpmn:SequenceFlow';

export class Drawing {
  constructor(private readonly modeler: BpmnModeler) {}

  /** Whether steps can stand after it. */
  leadsOn({ businessObject: element }: Shape): boolean {
    return (
      element.$instanceOf('bpmn:FlowNode') && !element.$instanceOf('bpmn:EndEvent') && !element.get('triggeredByEvent')
    );
  }

  /** Puts one after it, between it and what followed, or as one more way where it is a gateway. The id of what is new. */
  add(after: Shape, added: Added): string {
    const from = after as Drawn;
    const shape = this.modeler
      .get<ElementFactory>('elementFactory')
      .createShape({ type: `bpmn:${added}`, ...(added === 'SubProcess' && { isExpanded: false }) });
    const flows = from.outgoing.filter(({ type }) => type === FLOW);
    const [only] = flows;
    const between = flows.length === 1 && added !== 'EndEvent' && !from.businessObject.$instanceOf('bpmn:Gateway');
    if (between && only) {
      return this.modeler.get<Modeling>('modeling').createShape(shape, middle(only.waypoints), only).id;
    }
    return this.modeler.get<{ append: (from: Drawn, shape: Drawn) => Drawn }>('autoPlace').append(from, shape).id;
  }

  /** Where a flow may lead from here: steps of the same level to which none leads yet. */
  targets(from: Shape): Shape[] {
    const { outgoing, parent } = from as Drawn;
    const rules = this.modeler.get<Rules>('rules');
    return (parent?.children ?? []).filter(
      (target) =>
        target.id !== from.id &&
        !target.labelTarget &&
        target.businessObject.$instanceOf('bpmn:FlowNode') &&
        !outgoing.some((flow) => flow.target === target) &&
        (rules.allowed('connection.create', { source: from, target }) as { type?: string } | null)?.type === FLOW,
    );
  }

  connect(from: Shape, to: Shape): void {
    this.modeler.get<Modeling>('modeling').connect(from as Drawn, to as Drawn);
  }

  remove(shape: Shape): void {
    this.modeler.get<Modeling>('modeling').removeElements([shape as Drawn]);
  }
}

/** The middle of the longest part of a flow. */
function middle(points: readonly Point[]): Point {
  const parts = points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
  const length = ({ from, to }: { from: Point; to: Point }) => Math.hypot(to.x - from.x, to.y - from.y);
  const { from, to } = parts.reduce((longest, part) => (length(part) > length(longest) ? part : longest));
  return { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) };
}
