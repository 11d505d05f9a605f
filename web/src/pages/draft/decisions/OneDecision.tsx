import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { decisionNeeds, tryDecision, type DecisionTrial } from '../../../api/draftDecisions';
import type { Finding } from '../../../api/modelDrafts';
import { Problem } from '../../../api/client';
import { About } from '../../../decisions/About';
import { setExpression } from '../../../decisions/decisionEdits';
import type { DecisionEditor, Opened } from '../../../decisions/editor';
import { inLanguage } from '../../../decisions/labels';
import type { Decision } from '../../../decisions/model';
import type { Place } from '../../../decisions/places';
import { TableEditor } from '../../../decisions/TableEditor';
import { Trial } from '../../../decisions/Trial';
import { useI18n } from '../../../i18n';
import { Committed } from '../../../modeler/panel/Committed';
import type { Saver } from '../../../modeler/saver';
import { useResource } from '../../../ui/useResource';
import { NOT_SAVED } from '../notSaved';
import { DecisionTools } from './DecisionTools';

interface Props {
  draftKey: string;
  path: string;
  editor: DecisionEditor;
  now: Opened;
  /** undefined for a file without any */
  decision: Decision | undefined;
  findings: readonly Finding[];
  saver: Saver;
  /** of the file, as it was saved last */
  revision: number;
  place: Place;
  onPlace: (place: Place) => void;
  turn: number;
  onOpen: (id: string) => void;
}

type Tried = { of: string; edition: number; trial: DecisionTrial };

/** One decision of a file: its logic, what it says of itself, and the pane in which it is tried. */
export function OneDecision({ decision, editor, now, onOpen, ...more }: Props) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [tried, setTried] = useState<Tried | null>(null);
  const tools = <DecisionTools editor={editor} file={now.file} decision={decision} onOpen={onOpen} />;
  if (!decision) return tools;
  const result = tried?.of === decision.id ? { trial: tried.trial, old: tried.edition !== now.edition } : null;
  return (
    <div className="draft-work">
      <div className="decision-main">
        {tools}
        <Logic {...more} decision={decision} editor={editor} trial={result && !result.old ? result.trial : null} />
      </div>
      <div className="draft-side">
        <Tryout
          {...more}
          decision={decision}
          typed={typed}
          onType={setTyped}
          result={result}
          edition={() => editor.snapshot().edition}
          onTried={setTried}
        />
        <About editor={editor} decision={decision} file={now.file} onShow={onOpen} />
      </div>
    </div>
  );
}

type LogicProps = Pick<Props, 'editor' | 'findings' | 'path' | 'place' | 'onPlace' | 'turn'> & {
  decision: Decision;
  trial: DecisionTrial | null;
};

function Logic({ decision, editor, findings, path, trial, ...place }: LogicProps) {
  const { language, pick, t } = useI18n();
  const { id, table, expression, otherLogic } = decision;
  const faults = useMemo(() => {
    const found = new Map<string, string>();
    for (const { elementId, path: where, message } of findings) {
      if (where !== path || !elementId) continue;
      const before = found.get(elementId);
      const said = pick(message.th, message.en);
      found.set(elementId, before ? `${before}; ${said}` : said);
    }
    return found;
  }, [findings, path, pick]);
  const matched = useMemo(() => {
    const rules = trial?.evaluatedDecisions.find((each) => each.decisionDefinitionId === id)?.matchedRules ?? [];
    return new Map(
      rules.map((rule) => [rule.ruleIndex - 1, rule.evaluatedOutputs.map(({ outputValue }) => outputValue)]),
    );
  }, [trial, id]);
  const own = [faults.get(id), faults.get(table?.id || ' '), faults.get(expression?.id || ' ')].flatMap(
    (each) => each ?? [],
  );
  return (
    <>
      {own.map((each) => (
        <p key={each} className="notice danger">
          {each}
        </p>
      ))}
      {table && (
        <TableEditor
          key={id}
          editor={editor}
          decision={id}
          table={table}
          name={inLanguage(decision.name, language)}
          faults={faults}
          matched={matched}
          {...place}
        />
      )}
      {expression && (
        <Committed
          key={id}
          label={t('dmn.expression')}
          hint={t('dmn.expressionHint')}
          value={expression.text}
          multiline
          onCommit={(text) => editor.change((file) => setExpression(file, id, text))}
        />
      )}
      {otherLogic !== null && <p className="notice">{t('dmn.otherLogic', { kind: otherLogic || '–' })}</p>}
    </>
  );
}

type TryoutProps = Pick<Props, 'draftKey' | 'path' | 'saver' | 'revision'> & {
  decision: Decision;
  typed: Record<string, string>;
  onType: (typed: Record<string, string>) => void;
  result: { trial: DecisionTrial; old: boolean } | null;
  edition: () => number;
  onTried: (tried: Tried) => void;
};

/** The file is saved before it is tried: it is tried as the server has it. */
function Tryout({ draftKey, path, saver, revision, decision, edition, onTried, ...pane }: TryoutProps) {
  const { id } = decision;
  const needs = useResource(
    useCallback(
      (signal: AbortSignal) => decisionNeeds({ draftKey, path, decisionDefinitionId: id }, signal),
      [draftKey, path, id],
    ),
  );
  // each revision that is saved may read other variables; the fields stay until that is known
  const { reload } = needs;
  const asked = useRef(revision);
  useEffect(() => {
    if (asked.current === revision) return;
    asked.current = revision;
    reload();
  }, [revision, reload]);
  async function go(sample: Record<string, unknown>) {
    const tried = edition();
    if (!(await saver.settled())) throw new Problem(NOT_SAVED);
    const trial = await tryDecision({ draftKey, path, decisionDefinitionId: id }, sample);
    onTried({ of: id, edition: tried, trial });
  }
  return <Trial key={id} decision={decision} needs={needs} onTry={go} {...pane} />;
}
