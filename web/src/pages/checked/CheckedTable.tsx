/** Results of control points: of which case, what was found or why it was waived, by whom and when. */
import { Link } from 'react-router-dom';
import type { CheckedPoint, Result } from '../../api/checked';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { detailText } from '../../parts/ControlPoints';
import { Person } from '../../ui/Person';

const TONE: Record<Result, string> = { PASSED: 'good', FAILED: 'bad', WAIVED: 'warn' };

export function CheckedTable({ items }: { items: readonly CheckedPoint[] }) {
  const { t } = useI18n();
  return (
    <table className="task-table" aria-label={t('checked.list')}>
      <thead>
        <tr>
          <th scope="col">{t('cases.case')}</th>
          <th scope="col">{t('checked.point')}</th>
          <th scope="col" className="wide-only">
            {t('checked.result')}
          </th>
          <th scope="col" className="wide-only">
            {t('checked.recorded')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <CheckedRow key={item.controlPointResultKey} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function CheckedRow({ item }: { item: CheckedPoint }) {
  const { language, pick, t } = useI18n();
  const badge = <span className={`badge ${TONE[item.state]}`}>{t(`control.${item.state}`)}</span>;
  const recorded = (
    <>
      <Person username={item.recordedBy} />
      <div className="muted small">{formatMoment(item.recordedAt, language)}</div>
    </>
  );
  return (
    <tr>
      <td>
        <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>
        <div className="muted small">{pick(item.processName.th, item.processName.en) || item.processDefinitionId}</div>
      </td>
      <td>
        {pick(item.text.th, item.text.en) || item.controlPointId}
        <div className="muted small">{pick(item.elementName.th, item.elementName.en) || item.elementId}</div>
        {item.detail && <div className="small">{detailText(item.detail, pick, t)}</div>}
        {item.detail && 'requestedBy' in item.detail && (
          <div className="muted small">
            {t('checked.askedBy')} <Person username={item.detail.requestedBy} />
          </div>
        )}
        <div className="narrow-only">
          {badge} {recorded}
        </div>
      </td>
      <td className="wide-only">{badge}</td>
      <td className="wide-only">{recorded}</td>
    </tr>
  );
}
