/** The elements of a diagram as bpmn-moddle keeps them, as far as the modeler reads and makes them. */
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import krabuan from './krabuan.json';

export interface Moddle {
  readonly $type: string;
  readonly $parent?: Moddle;
  /** attributes that its type does not know */
  readonly $attrs: Record<string, unknown>;
  $instanceOf: (type: string) => boolean;
  get: <T = string | undefined>(name: string) => T;
}

export type Create = (type: string, properties?: object) => Moddle;

/** What diagrams hold beside BPMN itself. */
export const PACKAGES = { zeebe, krabuan };
