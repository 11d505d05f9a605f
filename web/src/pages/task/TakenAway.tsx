/** What happened to the task that one was filling in, that nothing typed is lost, and what to do now. */
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import type { UserTask } from '../../api/types';
import { useI18n } from '../../i18n';
import { usePersonName } from '../../ui/names';
import type { Taken } from './useTakenAway';

export function TakenAway({ task, taken, kept }: { task: UserTask; taken: Taken; kept: boolean }) {
  const { t } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const name = usePersonName(taken === 'done' ? task.completedBy : task.assignee);
  useEffect(() => {
    // the field that had the focus is not there any more
    if (document.activeElement === document.body) place.current?.focus();
  }, []);
  return (
    <div ref={place} role="alert" tabIndex={-1} className="notice warn">
      <p>
        <strong>{t(`taken.${taken}`, { name })}</strong>
      </p>
      <p>{t(`taken.next.${taken}`, { name })}</p>
      {kept && <p>{t('taken.kept')}</p>}
      {taken !== 'lost' && <Link to={`/cases/${task.processInstanceKey}`}>{t('taken.case')}</Link>}
    </div>
  );
}
