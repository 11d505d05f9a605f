/** Between which elements the sequence flows of a diagram lead. */
const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

export type Ends = Readonly<Record<string, { source: string; target: string }>>;

/** By id of flow. An unreadable diagram has none. */
export function endsOf(xml: string): Ends {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  return Object.fromEntries(
    [...document.getElementsByTagNameNS(BPMN, 'sequenceFlow')].map((flow) => [
      flow.getAttribute('id') ?? '',
      { source: flow.getAttribute('sourceRef') ?? '', target: flow.getAttribute('targetRef') ?? '' },
    ]),
  );
}
