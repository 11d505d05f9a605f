/** Interventions that were asked for: of which case, what and why, by whom, and who decided. */
import { Link } from 'react-router-dom';
import type { Intervention } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Person } from '../../ui/Person';

const TONE: Record<Intervention['state'], string> = {
  PENDING: 'warn',
  APPROVED: 'good',
  REJECTED: 'bad',
  WITHDRAWN: '',
};

export function InterventionTable({ items }: { items: readonly Intervention[] }) {
  const { t } = useI18n();
  return (
    <table className="task-table" aria-label={t('asked.title')}>
      <thead>
        <tr>
          <th scope="col">{t('cases.case')}</th>
          <th scope="col">{t('asked.what')}</th>
          <th scope="col" className="wide-only">
            {t('asked.by')}
          </th>
          <th scope="col" className="wide-only">
            {t('asked.decided')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.interventionKey} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item }: { item: Intervention }) {
  const { language, pick, t } = useI18n();
  const about = pick(item.about.th, item.about.en);
  const asked = (
    <>
      <Person username={item.requestedBy} />
      {item.onBehalfOf && (
        <div className="small">
          {t('asked.for')} <Person username={item.onBehalfOf} />
        </div>
      )}
      <div className="muted small">{formatMoment(item.requestDate, language)}</div>
    </>
  );
  const decided = (
    <>
      <span className={`badge ${TONE[item.state]}`}>{t(`asked.state.${item.state}`)}</span>
      {item.decidedBy && (
        <div>
          <Person username={item.decidedBy} />
        </div>
      )}
      {item.decisionDate && <div className="muted small">{formatMoment(item.decisionDate, language)}</div>}
      {item.note && <div className="small">{item.note}</div>}
    </>
  );
  return (
    <tr>
      <td>
        <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>
        <div className="muted small">{pick(item.processName.th, item.processName.en) || item.processDefinitionId}</div>
      </td>
      <td>
        {t(`asked.kind.${item.kind}`)}
        {about && <div className="muted small">{about}</div>}
        <div className="small">{t('intervention.reason', { text: item.reason })}</div>
        <div className="narrow-only">
          {asked} {decided}
        </div>
      </td>
      <td className="wide-only">{asked}</td>
      <td className="wide-only">{decided}</td>
    </tr>
  );
}
