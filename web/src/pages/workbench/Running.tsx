import type { AtWork } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';

/** How many cases run, how many of them stand still, and how many are late. */
export function Running({ work }: { work: AtWork | undefined }) {
  const { language, t } = useI18n();
  const stuck = work?.activeInstancesWithIncidentCount ?? 0;
  const all = stuck + (work?.activeInstancesWithoutIncidentCount ?? 0);
  const late = work?.activeInstancesOverdueCount ?? 0;
  return (
    <span className="row">
      {formatNumber(all, language)}
      {stuck > 0 && <span className="badge bad">{t('workbench.stuck', { n: formatNumber(stuck, language) })}</span>}
      {late > 0 && <span className="badge warn">{t('workbench.late', { n: formatNumber(late, language) })}</span>}
    </span>
  );
}
