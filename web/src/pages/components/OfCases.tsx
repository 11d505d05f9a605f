/** What several pages show of cases: states, control points, deadlines, the empty ones too. */
import { useState } from 'react';
import type { ControlPoint, DeadlineDetails, ProcessInstance } from '../../api/types';
import { now } from '../../dates/clock';
import { useI18n } from '../../i18n';
import { CaseState } from '../../parts/CaseState';
import { ControlPoints } from '../../parts/ControlPoints';
import { BigCountdown } from '../../parts/deadlines/BigCountdown';
import { Deadlines, StatutoryStrip } from '../../parts/deadlines/Deadlines';
import { Specimen } from './Specimen';

const HOUR = 3_600_000;
const STATES = ['ACTIVE', 'COMPLETED', 'SUSPENDED', 'TERMINATED'] as const;
const POINTS = ['OPEN', 'PASSED', 'FAILED', 'WAIVED'] as const;
const BARE = { field: 'report', expression: null, decisionId: null, deadlineId: null, lateReasonsField: null };

export function OfCases() {
  const { t } = useI18n();
  const [moment] = useState(now);
  const sample = { th: t('components.sample'), en: t('components.sample') };
  const points = POINTS.map((state, at): ControlPoint => ({
    controlPointId: `cp-${at}`,
    text: sample,
    mandatory: at < 3,
    binding: { ...BARE, type: 'formField' },
    state,
    detail: state === 'WAIVED' ? { reason: sample.th, requestedBy: 'admin' } : null,
    recordedAt: null,
    recordedBy: null,
    elementId: 'a',
    userTaskKey: '1',
  }));
  const at = (hours: number) => new Date(moment + hours * HOUR).toISOString();
  return (
    <>
      <Specimen name="CaseState">
        {STATES.map((state) => (
          <CaseState key={state} item={{ state, hasIncident: state === 'ACTIVE' } as ProcessInstance} />
        ))}
      </Specimen>
      <Specimen name="ControlPoints">
        <ControlPoints points={points} />
        <ControlPoints points={[]} />
      </Specimen>
      <Specimen name="BigCountdown">
        <BigCountdown to={at(50)} />
        <BigCountdown to={at(-50)} />
      </Specimen>
      <Specimen name="Deadlines">
        <Deadlines deadlines={[deadline(sample, at(40)), deadline(sample, at(-3))]} />
        <Deadlines deadlines={[]} />
        <StatutoryStrip deadlines={[deadline(sample, at(40))]} />
      </Specimen>
    </>
  );
}

function deadline(text: DeadlineDetails['text'], dueAt: string): DeadlineDetails {
  return {
    records: [],
    actions: [],
    extendedUntil: null,
    stoppedByElementId: null,
    ownerUnit: null,
    processName: text,
    act: text,
    deadlineKey: dueAt,
    deadlineId: 'dl-sample',
    kind: 'statutory',
    text,
    legalBasis: text,
    state: 'RUNNING',
    startedAt: dueAt,
    dueAt,
    lateUntil: null,
    stoppedAt: null,
    warnings: [],
    lateReasons: null,
    processInstanceKey: '0',
    processDefinitionKey: '0',
    processDefinitionId: 'sample',
    businessId: null,
  };
}
