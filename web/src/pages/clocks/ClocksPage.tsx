/** The register of deadlines: how many run, are missed, late or kept; and each of them, what is due first on top. */
import { Link } from 'react-router-dom';
import type { DeadlineQuery } from '../../api/deadlines';
import type { Deadline } from '../../api/types';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { TONE, useDeadlineState } from '../../parts/deadlines/state';
import { Countdown } from '../../ui/Countdown';
import { useGroupNames } from '../../ui/names';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { ClockFilters } from './ClockFilters';
import './clocks.css';
import { STATES, useClocks, useCounts, useQuery } from './useClocks';

export default function ClocksPage() {
  const { t } = useI18n();
  const [query, changed] = useQuery();
  const clocks = useClocks(query);
  return (
    <>
      <PageTitle>{t('clocks.title')}</PageTitle>
      <Numbers query={query} changed={changed} />
      <ClockFilters query={query} changed={changed} />
      <Paged list={clocks} empty={t('clocks.empty')}>
        {(items) => <ClockTable items={items} />}
      </Paged>
    </>
  );
}

interface NumbersProps {
  query: DeadlineQuery;
  changed: (part: Partial<DeadlineQuery>) => string;
}

/** Each number leads to the deadlines that it counts. */
function Numbers({ query, changed }: NumbersProps) {
  const { language, t } = useI18n();
  const counts = useCounts(query);
  const all = STATES.reduce((sum, state) => sum + counts.of(state), 0);
  return (
    <nav aria-label={t('clocks.states')}>
      <ul className="plain-list clock-numbers">
        {[null, ...STATES].map((state) => (
          <li key={state ?? 'all'}>
            <Link
              to={{ search: changed({ state }) }}
              aria-current={state === query.state ? 'page' : undefined}
              className={state ? TONE[state] : ''}
            >
              <span className="clock-number">
                {counts.known ? formatNumber(state ? counts.of(state) : all, language) : '…'}
              </span>{' '}
              <span>{state ? t(`deadline.${state}`) : t('clocks.all')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ClockTable({ items }: { items: readonly Deadline[] }) {
  const { t } = useI18n();
  const unitOf = useGroupNames([...new Set(items.flatMap(({ ownerUnit }) => (ownerUnit ? [ownerUnit] : [])))]);
  return (
    <table className="task-table" aria-label={t('clocks.list')}>
      <thead>
        <tr>
          <th scope="col">{t('cases.case')}</th>
          <th scope="col" className="wide-only">
            {t('clocks.deadline')}
          </th>
          <th scope="col" className="wide-only">
            {t('clocks.unit')}
          </th>
          <th scope="col">{t('clocks.due')}</th>
          <th scope="col" className="wide-only">
            {t('clocks.state')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ClockRow key={item.deadlineKey} item={item} unit={item.ownerUnit ? unitOf(item.ownerUnit) : ''} />
        ))}
      </tbody>
    </table>
  );
}

function ClockRow({ item, unit }: { item: Deadline; unit: string }) {
  const { language, pick, t } = useI18n();
  const { state, open } = useDeadlineState(item);
  const text = pick(item.text.th, item.text.en) || item.deadlineId;
  const badge = <span className={`badge ${TONE[state]}`}>{t(`deadline.${state}`)}</span>;
  return (
    <tr>
      <td>
        <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>
        <div className="muted small">{pick(item.processName.th, item.processName.en) || item.processDefinitionId}</div>
        <div className="narrow-only">{text}</div>
      </td>
      <td className="wide-only">
        {text}
        <div className="muted small">{t(item.kind === 'statutory' ? 'deadline.statutory' : 'deadline.internal')}</div>
      </td>
      <td className="wide-only">{unit}</td>
      <td>
        {formatMoment(item.dueAt, language)}
        {open && (
          <div>
            <Countdown to={item.dueAt} />
          </div>
        )}
        <div className="narrow-only clock-state">{badge}</div>
      </td>
      <td className="wide-only">{badge}</td>
    </tr>
  );
}
