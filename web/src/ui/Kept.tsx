import { useI18n } from '../i18n';

/** Whether something was done within the standard time; nothing where there is none, or where it is not done yet. */
export function Kept({ due, done }: { due: string | null; done: string | null }) {
  const { t } = useI18n();
  if (!due || !done) return null;
  const kept = Date.parse(done) <= Date.parse(due);
  return <span className={`badge ${kept ? 'good' : 'bad'}`}>{t(kept ? 'time.kept' : 'time.notKept')}</span>;
}
