/** What is done to many cases at once: what goes on, and what has been. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { searchOperations, STATES, TYPES, type OperationQuery } from '../../api/operations';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Listed } from '../../ui/Listed';
import { PageTitle } from '../../ui/PageTitle';
import { useList } from '../../ui/useList';
import { OperationCard } from '../../parts/OperationCard';

const CHOICES = ['open', ...STATES] as const;

export default function OperationsPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const state = CHOICES.find((each) => each === params.get('state')) ?? null;
  const type = TYPES.find((each) => each === params.get('type')) ?? null;
  const list = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => searchOperations({ state, type }, after, signal),
      [state, type],
    ),
  );
  const change = (part: Partial<OperationQuery>) => {
    const wanted = { state, type, ...part };
    const given = {
      ...(wanted.state && { state: wanted.state }),
      ...(wanted.type && { type: wanted.type }),
    };
    setParams(given, { replace: true });
  };
  const any = { value: '' as const, label: t('operations.any') };
  return (
    <>
      <PageTitle>{t('operations.title')}</PageTitle>
      <p className="muted">{t('operations.what')}</p>
      <section className="filter-line" aria-label={t('operations.filters')}>
        <Choice
          label={t('operations.state')}
          value={state ?? ''}
          options={[any, ...CHOICES.map((value) => ({ value, label: t(`operations.state.${value}`) }))]}
          onChange={(value) => change({ state: value || null })}
        />
        <Choice
          label={t('operations.type')}
          value={type ?? ''}
          options={[any, ...TYPES.map((value) => ({ value, label: t(`operations.type.${value}`) }))]}
          onChange={(value) => change({ type: value || null })}
        />
      </section>
      <Listed list={list} empty={<p className="card">{t(state || type ? 'operations.none' : 'operations.empty')}</p>}>
        {(items) => (
          <ul className="plain-list card-list" aria-label={t('operations.title')}>
            {items.map((item) => (
              <li key={item.batchOperationKey} className="card">
                <OperationCard found={item} linked />
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </>
  );
}
