import type { ProcessInstance, ProcessInstanceState } from '../api/types';
import { useI18n } from '../i18n';

const TONE: Record<ProcessInstanceState, string> = {
  ACTIVE: '',
  COMPLETED: 'good',
  SUSPENDED: 'warn',
  TERMINATED: 'bad',
};

export function CaseState({ item }: { item: ProcessInstance }) {
  const { t } = useI18n();
  return (
    <>
      <span className={`badge ${TONE[item.state]}`}>{t(`case.state.${item.state}`)}</span>{' '}
      {item.hasIncident && <span className="badge bad">{t('case.incident')}</span>}
    </>
  );
}
