import { deployedDecisions, deployedProcesses } from '../../api/deployed';
import { useI18n } from '../../i18n';
import { decisionOf, processIdOf, withDecision, withProcessId } from '../called';
import type { Create, Moddle } from '../moddle';
import type { Named } from '../parts';
import { Committed } from './Committed';
import { FromRegister } from './FromRegister';

interface Props {
  element: Moddle;
  /** those of the draft */
  decisions: readonly Named[];
  create: Create;
  onChange: (extensionElements: Moddle) => void;
}

const NONE: readonly Named[] = [];

/** The decision table that a business rule task asks, or the process that a call activity starts. */
export function Called({ element, decisions, create, onChange }: Props) {
  const { t } = useI18n();
  if (element.$instanceOf('bpmn:CallActivity')) {
    return (
      <FromRegister
        label={t('called.process')}
        none={t('panel.choose')}
        value={processIdOf(element)}
        own={NONE}
        deployed={deployedProcesses}
        onChange={(processId) => onChange(withProcessId(element, processId, create))}
      />
    );
  }
  const decision = decisionOf(element);
  if (!decision) return null;
  const change = (changes: Partial<typeof decision>) =>
    onChange(withDecision(element, { ...decision, ...changes }, create));
  return (
    <>
      <FromRegister
        label={t('panel.what.decision')}
        none={t('panel.choose')}
        value={decision.decisionId}
        own={decisions}
        deployed={deployedDecisions}
        onChange={(decisionId) => change({ decisionId })}
      />
      {decision.decisionId && (
        <Committed
          label={t('called.result')}
          value={decision.resultVariable}
          maxLength={256}
          onCommit={(resultVariable) => change({ resultVariable })}
        />
      )}
    </>
  );
}
