import { Link } from 'react-router-dom';
import type { MyCase } from '../../api/myCases';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CaseState } from '../../parts/CaseState';
import { Countdown } from '../../ui/Countdown';
import { Stands } from './Stands';

export function MineTable({ items }: { items: readonly MyCase[] }) {
  const { language, pick, t } = useI18n();
  return (
    <table className="task-table" aria-label={t('mine.list')}>
      <thead>
        <tr>
          <th scope="col">{t('cases.case')}</th>
          <th scope="col">{t('mine.stands')}</th>
          <th scope="col">{t('inbox.due')}</th>
          <th scope="col" className="wide-only">
            {t('cases.started')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.processInstanceKey}>
            <td>
              <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>
              <div className="muted small">
                {pick(item.processDefinitionName, item.processNameEn) || item.processDefinitionId}
              </div>
              {(item.endDate !== null || item.hasIncident || item.state !== 'ACTIVE') && <CaseState item={item} />}
            </td>
            <td>
              <Stands steps={item.steps} />
            </td>
            <td>
              {item.late && <span className="badge bad">{t('mine.late')}</span>}{' '}
              {item.dueBy && <Countdown to={item.dueBy} />}
            </td>
            <td className="wide-only">{formatMoment(item.startDate, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
