/** The diagram of a case's definition with its marks; bpmn-js is loaded when this is first drawn. */
import { lazy, Suspense, useCallback } from 'react';
import { getXml } from '../api/definitions';
import type { ProcessDefinitionKey } from '../api/types';
import type { Marks } from '../diagram/marks';
import { Failure } from '../ui/Failure';
import { Loading } from '../ui/Loading';
import { useResource } from '../ui/useResource';

const Diagram = lazy(() => import('../diagram/Diagram'));

interface Props {
  definitionKey: ProcessDefinitionKey;
  name: string;
  marks: Marks;
  near?: boolean;
  onPick?: (id: string) => void;
}

export function CaseDiagram({ definitionKey, name, marks, near = false, onPick }: Props) {
  const xml = useResource(useCallback(() => getXml(definitionKey), [definitionKey]));
  if (xml.error) return <Failure error={xml.error} retry={xml.reload} />;
  if (xml.data === undefined) return <Loading />;
  return (
    <Suspense fallback={<Loading />}>
      <Diagram xml={xml.data} name={name} marks={marks} near={near} {...(onPick && { onPick })} />
    </Suspense>
  );
}
