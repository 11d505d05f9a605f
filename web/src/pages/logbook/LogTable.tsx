import { Link } from 'react-router-dom';
import type { LogEntry } from '../../api/logbook';
import { formatMoment } from '../../dates/format';
import { isMessageKey, useI18n } from '../../i18n';
import { Person } from '../../ui/Person';

/** Entries, each in words, with the details that it tells. */
export function LogTable({ items }: { items: readonly LogEntry[] }) {
  const { language, t } = useI18n();
  return (
    <table className="task-table" aria-label={t('logbook.list')}>
      <thead>
        <tr>
          <th scope="col">{t('logbook.kind')}</th>
          <th scope="col">{t('logbook.who')}</th>
          <th scope="col" className="wide-only">
            {t('logbook.when')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.auditLogKey}>
            <td>
              <What item={item} />
            </td>
            <td>
              <Person username={item.actorId} />
              <div className="narrow-only muted small">{formatMoment(item.timestamp, language)}</div>
            </td>
            <td className="wide-only">{formatMoment(item.timestamp, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function What({ item }: { item: LogEntry }) {
  const { t } = useI18n();
  const type = item.entityDescription ?? '';
  const name = [`log.${type}`, `event.${type}`].find(isMessageKey);
  const details = Object.entries(item.details ?? {}).filter(([key, value]) => key !== 'entityKey' && told(value));
  return (
    <>
      <div className="row">
        <strong>{name ? t(name) : type}</strong>
        {item.result === 'FAIL' && <span className="badge bad">{t('logbook.result.FAIL')}</span>}
      </div>
      <div className="small">
        <Thing item={item} />
      </div>
      {details.length > 0 && (
        <details className="small">
          <summary>{t('logbook.details')}</summary>
          <dl className="facts">
            {details.map(([key, value]) => (
              <Detail key={key} name={key} value={value} />
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function Thing({ item }: { item: LogEntry }) {
  const { t } = useI18n();
  const { entityType, entityKey, processInstanceKey } = item;
  const key = processInstanceKey ?? (entityType === 'PROCESS_INSTANCE' ? entityKey : null);
  if (key !== null && /^\d+$/.test(key)) return <Link to={`/cases/${key}`}>{t('logbook.case', { key })}</Link>;
  const person = (entityType === 'USER' || entityType === 'AUTHORIZATION') && entityKey !== item.actorId;
  return person ? <Person username={entityKey} /> : <span className="muted break">{entityKey}</span>;
}

function Detail({ name, value }: { name: string; value: unknown }) {
  const { t } = useI18n();
  const label = `logDetail.${name}`;
  return (
    <>
      <dt>{isMessageKey(label) ? t(label) : <code>{name}</code>}</dt>
      <dd>
        <Value value={value} />
      </dd>
    </>
  );
}

/** A value as it was recorded: texts as they are, lists and objects member by member. */
function Value({ value }: { value: unknown }): React.ReactNode {
  const { t } = useI18n();
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ');
  return (
    <dl className="facts">
      {Object.entries(value)
        .filter(([, each]) => told(each))
        .map(([key, each]) => (
          <Detail key={key} name={key} value={each} />
        ))}
    </dl>
  );
}

/** Whether there is anything to show. */
function told(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
