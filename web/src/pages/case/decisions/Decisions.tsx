/** What decision tables decided in the case, one after another; one of them with its table, as it was at that moment. */
import { useCallback, useState } from 'react';
import { searchDecided, type Decided } from '../../../api/decisions';
import type { ProcessInstanceKey } from '../../../api/types';
import { formatMoment, formatNumber } from '../../../dates/format';
import { inLanguage } from '../../../decisions/labels';
import { useI18n } from '../../../i18n';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { usePages } from '../../../ui/usePages';
import './decisions.css';
import { OneDecision } from './OneDecision';
import { More } from '../../../ui/More';

const PAGE = 50;

export function Decisions({ instance }: { instance: ProcessInstanceKey }) {
  const { t } = useI18n();
  const found = usePages(
    useCallback(
      (page: Parameters<typeof searchDecided>[1], signal?: AbortSignal) => searchDecided(instance, page, signal),
      [instance],
    ),
    PAGE,
  );
  return (
    <>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {!found.items && !found.error && <Loading />}
      {found.items?.length === 0 && <p>{t('decisions.none')}</p>}
      <ul className="plain-list">
        {found.items?.map((item) => (
          <li key={item.decisionEvaluationInstanceKey}>
            <Row item={item} />
          </li>
        ))}
      </ul>
      {Boolean(found.failed) && <Failure error={found.failed} />}
      <More more={found.cursor !== null} loadingMore={found.loadingMore} loadMore={found.loadMore} />
    </>
  );
}

function Row({ item }: { item: Decided }) {
  const { language, t } = useI18n();
  const [open, setOpen] = useState(false);
  const name = inLanguage(item.decisionDefinitionName, language);
  return (
    <details className="decision" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{name}</strong>{' '}
        <span className="muted">
          {t('start.version', { n: formatNumber(item.decisionDefinitionVersion, language) })} ·{' '}
          {formatMoment(item.evaluationDate, language)}
        </span>
      </summary>
      {item.evaluationFailure && <p className="notice danger">{item.evaluationFailure}</p>}
      <p>
        {t('decisions.result')} <code className="decision-value">{item.result}</code>
      </p>
      {open && <OneDecision item={item} name={name} />}
    </details>
  );
}
