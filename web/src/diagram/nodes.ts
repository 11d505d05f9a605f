/** The flow nodes of a diagram at which a token can be put by hand, read from its XML. */

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const NODES = new Set([
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'scriptTask',
  'businessRuleTask',
  'callActivity',
  'subProcess',
  'transaction',
  'adHocSubProcess',
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'eventBasedGateway',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'endEvent',
]);

/** Their ids in the order of the diagram. Only an event begins start and boundary events and event sub-processes. */
export function placesOf(xml: string): string[] {
  const found: string[] = [];
  for (const element of new DOMParser().parseFromString(xml, 'text/xml').querySelectorAll('[id]')) {
    const id = element.getAttribute('id');
    const started = element.getAttribute('triggeredByEvent') === 'true';
    const compensates = element.getAttribute('isForCompensation') === 'true';
    if (id && element.namespaceURI === BPMN && NODES.has(element.localName) && !started && !compensates) found.push(id);
  }
  return found;
}
