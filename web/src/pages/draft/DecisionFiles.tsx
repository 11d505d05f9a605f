import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { ModelDraft } from '../../api/modelDrafts';
import { DecisionLink, type DecisionLinks } from '../../modeler/panel/decisionLink';
import type { DraftDecision } from '../../modeler/parts';
import type { Saver } from '../../modeler/saver';
import { Loading } from '../../ui/Loading';
import { NewDecisionFile } from './decisions/NewDecisionFile';

const DeployedDecision = lazy(() => import('./decisions/DeployedDecision'));

interface Props {
  draft: ModelDraft;
  /** of the diagram that is open */
  path: string;
  /** those of the draft */
  decisions: readonly DraftDecision[];
  saver: Saver;
  onFile: (path: string, decision?: string) => void;
  onDone: () => void;
  children: ReactNode;
}

type Asked = { kind: 'make'; name: string; made: (id: string) => void } | { kind: 'look'; id: string };

/** Leads the panels within to the decisions beside the diagram, and to those that are deployed. */
export function DecisionFiles({ draft, path, decisions, saver, onFile, onDone, children }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const links = useMemo<DecisionLinks>(
    () => ({
      open: (id) => {
        const found = decisions.find((each) => each.id === id);
        if (found) onFile(found.path, id);
      },
      look: (id) => setAsked({ kind: 'look', id }),
      make: (name, made) => setAsked({ kind: 'make', name, made }),
    }),
    [decisions, onFile],
  );
  return (
    <DecisionLink value={links}>
      {children}
      {asked?.kind === 'look' && (
        <Suspense fallback={<Loading />}>
          <DeployedDecision id={asked.id} onClose={close} />
        </Suspense>
      )}
      {asked?.kind === 'make' && (
        <NewDecisionFile
          draft={draft}
          beside={path}
          name={asked.name}
          onMade={async (file, id) => {
            asked.made(id);
            await saver.settled();
            onDone();
            onFile(file, id);
          }}
          onClose={close}
        />
      )}
    </DecisionLink>
  );
}
