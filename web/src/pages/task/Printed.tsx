/** The task on paper: a button for it, and what stands at the head of the sheet and not on the screen. */
import { useCallback, useState } from 'react';
import { getCase } from '../../api/cases';
import type { UserTask } from '../../api/types';
import { useMe } from '../../app/session';
import { now } from '../../dates/clock';
import { formatMoment } from '../../dates/format';
import { useI18n, isMessageKey } from '../../i18n';
import { Button } from '../../ui/Button';
import { usePersonName } from '../../ui/names';
import { processName } from '../../ui/taskNames';
import { useResource } from '../../ui/useResource';
import './print.css';

export function Printed({ task }: { task: UserTask }) {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const reader = usePersonName(me.username);
  const [at, setAt] = useState(now);
  const key = task.processInstanceKey;
  const found = useResource(useCallback((signal: AbortSignal) => getCase(key, signal), [key]));
  const access = `print.class.${found.data?.accessClass ?? ''}`;

  function print() {
    setAt(now());
    // the sheet is drawn with the present time before the browser takes it
    requestAnimationFrame(() => window.print());
  }

  return (
    <>
      <Button small onPress={print}>
        {t('print.print')}
      </Button>
      <div className="print-head" aria-hidden="true">
        {isMessageKey(access) && <strong className="print-class">{t(access)}</strong>}
        <div>
          {processName(task, pick)} · {t('inbox.case', { id: task.businessId ?? key })}
        </div>
        <div>{t('print.by', { name: reader, date: formatMoment(at, language) })}</div>
      </div>
    </>
  );
}
