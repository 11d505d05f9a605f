/** Libraries of diagrams that bring no types of their own. */
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
  const behaviors: Record<string, unknown>;
  export default behaviors;
}
declare module 'bpmn-moddle' {
  import type { Moddle } from './moddle';
  export class BpmnModdle {
    constructor(packages: Record<string, object>);
    fromXML(xml: string): Promise<{ rootElement: Moddle; warnings: { message: string }[] }>;
    toXML(element: Moddle, options?: { format?: boolean }): Promise<{ xml: string }>;
    create(type: string, properties?: object): Moddle;
  }
}
