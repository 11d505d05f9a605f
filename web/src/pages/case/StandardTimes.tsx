/** The steps of a case that have a standard time: when each was due, what is left, and whether it was kept. */
import { useCallback } from 'react';
import { getMeasured } from '../../api/cases';
import { useLive } from '../../api/events';
import type { ElementInstance, ProcessInstanceKey } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { nameOf, type Names } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { Countdown } from '../../ui/Countdown';
import { Failure } from '../../ui/Failure';
import { Kept } from '../../ui/Kept';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

export function StandardTimes({ instance, names }: { instance: ProcessInstanceKey; names: Names }) {
  const { language, pick, t } = useI18n();
  const steps = useResource(useCallback((signal: AbortSignal) => getMeasured(instance, signal), [instance]));
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === instance, steps.reload);
  if (steps.error) return <Failure error={steps.error} retry={steps.reload} />;
  if (!steps.data) return <Loading />;
  if (steps.data.length === 0) return <p className="muted">{t('case.standardNone')}</p>;
  return (
    <table className="task-table" aria-label={t('case.standard')}>
      <thead>
        <tr>
          <th scope="col">{t('case.standardStep')}</th>
          <th scope="col" className="wide-only">
            {t('case.standardBegan')}
          </th>
          <th scope="col">{t('case.standardDue')}</th>
          <th scope="col">{t('case.standardDone')}</th>
        </tr>
      </thead>
      <tbody>
        {steps.data.map((step) => (
          <tr key={step.elementInstanceKey}>
            <td>{nameOf(names, step.elementId, pick, step.elementName)}</td>
            <td className="wide-only">{formatMoment(step.startDate, language)}</td>
            <td>{step.standardDueDate && formatMoment(step.standardDueDate, language)}</td>
            <td>
              <Outcome step={step} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ step }: { step: ElementInstance }) {
  const { language, t } = useI18n();
  const { standardDueDate: due, endDate, state } = step;
  if (state === 'TERMINATED') return <span className="badge">{t('case.standardWithdrawn')}</span>;
  if (!endDate) return due && <Countdown to={due} />;
  return (
    <>
      {formatMoment(endDate, language)} <Kept due={due} done={endDate} />
    </>
  );
}
