import { use } from 'react';
import { deployedDecisions, deployedProcesses } from '../../api/deployed';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { decisionOf, processIdOf, withDecision, withProcessId } from '../called';
import type { Create, Moddle } from '../moddle';
import type { Named } from '../parts';
import { Committed } from './Committed';
import { DecisionLink, type DecisionLinks } from './decisionLink';
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
  const links = use(DecisionLink);
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
      {links && (
        <Linked
          decisionId={decision.decisionId}
          own={decisions.some(({ id }) => id === decision.decisionId)}
          links={links}
          name={element.get('name') ?? ''}
          onMade={(decisionId) => change({ decisionId })}
        />
      )}
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

interface LinkedProps {
  decisionId: string;
  /** whether it is in the draft */
  own: boolean;
  links: DecisionLinks;
  /** of the task */
  name: string;
  onMade: (decisionId: string) => void;
}

/** Leads to the decision that is asked, or makes one. One that an expression chooses is nowhere. */
function Linked({ decisionId, own, links, name, onMade }: LinkedProps) {
  const { t } = useI18n();
  if (decisionId.startsWith('=')) return null;
  if (!decisionId) {
    return (
      <Button small onPress={() => links.make(name, onMade)}>
        {t('called.makeDecision')}
      </Button>
    );
  }
  return (
    <Button small onPress={() => (own ? links.open(decisionId) : links.look(decisionId))}>
      {t(own ? 'called.openDecision' : 'called.lookDecision')}
    </Button>
  );
}
