/** One operation with its cases, and what became of each; those that failed can be told from the rest. */
import { useCallback } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import {
  getOperation,
  goesOn,
  ITEM_STATES,
  searchItems,
  type Operation,
  type OperationItem,
} from '../../api/operations';
import { formatMoment } from '../../dates/format';
import { isMessageKey, useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Listed } from '../../ui/Listed';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useEvery } from '../../ui/useEvery';
import { useList } from '../../ui/useList';
import { useResource } from '../../ui/useResource';
import { OperationCard } from '../../parts/OperationCard';
import { ITEM_TONE } from '../../parts/operationStates';

const EVERY = 4_000;

export default function OperationPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => getOperation(key, signal), [key]));
  return (
    <>
      <PageTitle>{t('operations.one')}</PageTitle>
      <p>
        <Link to="/operations">{t('operations.all')}</Link>
      </p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <>
          <section className="card" aria-label={t('operations.how')}>
            <OperationCard found={found.data} />
          </section>
          <Items operation={found.data} />
        </>
      )}
    </>
  );
}

function Items({ operation }: { operation: Operation }) {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const key = operation.batchOperationKey;
  const state = ITEM_STATES.find((each) => each === params.get('state')) ?? null;
  const list = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => searchItems(key, state, after, signal),
      [key, state],
    ),
  );
  const waits = list.items?.length === 0 || list.items?.some((item) => item.state === 'ACTIVE');
  useEvery(EVERY, goesOn(operation) && waits === true && !list.more, list.reload);
  return (
    <section className="card" aria-labelledby="operation-items">
      <h2 id="operation-items">{t('operations.items')}</h2>
      <Choice
        label={t('operations.itemState')}
        value={state ?? ''}
        options={[
          { value: '' as const, label: t('operations.any') },
          ...ITEM_STATES.map((value) => ({ value, label: t(`operations.item.${value}`) })),
        ]}
        onChange={(value) => setParams(value ? { state: value } : {}, { replace: true })}
      />
      <Listed list={list} empty={<p>{t('operations.noItems')}</p>}>
        {(items) => (
          <ul className="plain-list entries" aria-labelledby="operation-items">
            {items.map((item) => (
              <li key={item.itemKey}>
                <Item item={item} />
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function Item({ item }: { item: OperationItem }) {
  const { language, t } = useI18n();
  return (
    <>
      <div className="row">
        <Link to={`/cases/${item.processInstanceKey}`}>
          {t('inbox.case', { id: item.businessId ?? item.processInstanceKey })}
        </Link>
        <span className={`badge ${ITEM_TONE[item.state]}`}>{t(`operations.item.${item.state}`)}</span>
        {item.processedDate && <span className="muted small">{formatMoment(item.processedDate, language)}</span>}
      </div>
      {item.errorMessage && <Why said={item.errorMessage} />}
    </>
  );
}

/** Why a case was refused: our words for the code, with what the server said of it. */
function Why({ said }: { said: string }) {
  const { t } = useI18n();
  const [, code = '', text = ''] = /^([a-z-]+): ?(.*)$/s.exec(said) ?? [];
  const ours = [`operations.why.${code}`, `problem.${code}`].find(isMessageKey);
  return ours ? (
    <div>
      {t(ours)} <span className="muted small">{text}</span>
    </div>
  ) : (
    <div>{said}</div>
  );
}
