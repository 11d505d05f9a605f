/** The cases whose time of keeping is over: what the command on the server's machine would delete, before it is run. */
import { Link } from 'react-router-dom';
import { casesDue, type KeptCase } from '../../api/retention';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CopyButton } from '../../ui/CopyButton';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { usePages } from '../../ui/usePages';
import { Parts } from './Parts';
import './privacy.css';

const PAGE = 50;
const COMMAND = 'krabuan retention --carry-out --by "…" --reason "…"';

export default function RetentionPage() {
  const { t } = useI18n();
  const list = usePages<KeptCase>(casesDue, PAGE);
  return (
    <>
      <PageTitle>{t('privacy.nav')}</PageTitle>
      <Parts />
      <p className="muted">{t('retention.what')}</p>
      <Paged list={list} empty={t('retention.none')}>
        {(items) => <DueTable items={items} />}
      </Paged>
      {list.items && list.items.length > 0 && <HowTo />}
    </>
  );
}

function DueTable({ items }: { items: readonly KeptCase[] }) {
  const { language, t } = useI18n();
  return (
    <table className="task-table" aria-label={t('retention.list')}>
      <thead>
        <tr>
          <th scope="col">{t('retention.case')}</th>
          <th scope="col">{t('retention.until')}</th>
          <th scope="col" className="wide-only">
            {t('retention.goes')}
          </th>
          <th scope="col">{t('retention.fate')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.processInstanceKey}>
            <td>
              <Link to={`/cases/${item.processInstanceKey}`}>
                {t('logbook.case', { key: item.processInstanceKey })}
              </Link>
              <div className="muted small break">{item.processDefinitionId}</div>
            </td>
            <td>
              {formatMoment(item.keptUntil, language, 'date')}
              <div className="muted small">
                {t('retention.ended', { date: formatMoment(item.endDate, language, 'date') })}
              </div>
            </td>
            <td className="wide-only">
              {t('retention.counted', {
                cases: formatNumber(item.cases, language),
                events: formatNumber(item.events, language),
              })}
            </td>
            <td>
              <span className={item.held ? 'badge warn' : 'badge'}>
                {t(item.held ? 'retention.held' : 'retention.would')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nobody deletes from a page: the account of the service cannot. */
function HowTo() {
  const { t } = useI18n();
  return (
    <section className="card" aria-labelledby="retention-how">
      <h2 id="retention-how">{t('retention.how')}</h2>
      <ol>
        <li>{t('retention.look')}</li>
        <li>{t('retention.hold')}</li>
        <li>
          {t('retention.run')} <code className="break">{COMMAND}</code>{' '}
          <CopyButton text={COMMAND} label={t('retention.copy')} />
        </li>
      </ol>
      <p className="muted small">{t('retention.why')}</p>
    </section>
  );
}
