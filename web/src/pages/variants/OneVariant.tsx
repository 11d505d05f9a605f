/** One variant on the diagram, as its latest case took it, with the cases behind it. */
import { useCallback, useMemo } from 'react';
import { Link } from 'react-router-dom';
import type { ProcessDefinitionKey } from '../../api/types';
import { getCasesOf, getPath, type Variant } from '../../api/variants';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { CaseState } from '../../parts/CaseState';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

interface Props {
  variant: Variant;
  definition: ProcessDefinitionKey;
  name: string;
}

export function OneVariant({ variant, definition, name }: Props) {
  const { t } = useI18n();
  const [latest = ''] = variant.processInstanceKeys;
  const path = useResource(useCallback((signal: AbortSignal) => getPath(latest, signal), [latest]));
  const marks = useMemo(
    () => ({ active: [], taken: path.data?.flows ?? [], counts: path.data?.counts ?? {} }),
    [path.data],
  );
  return (
    <>
      <section className="card" aria-labelledby="variant-diagram">
        <h2 id="variant-diagram">{t('variants.diagram')}</h2>
        <p className="muted small">{t('variants.diagramHint')}</p>
        {Boolean(path.error) && <Failure error={path.error} retry={path.reload} />}
        <CaseDiagram definitionKey={definition} name={name} marks={marks} />
      </section>
      <Cases variant={variant} />
    </>
  );
}

function Cases({ variant }: { variant: Variant }) {
  const { language, t } = useI18n();
  const keys = variant.processInstanceKeys;
  const found = useResource(useCallback((signal: AbortSignal) => getCasesOf(keys, signal), [keys]));
  return (
    <section className="card" aria-labelledby="variant-cases">
      <h2 id="variant-cases">{t('variants.behind')}</h2>
      {variant.cases > keys.length && (
        <p className="muted">{t('variants.latest', { n: formatNumber(keys.length, language) })}</p>
      )}
      {found.error ? (
        <Failure error={found.error} retry={found.reload} />
      ) : !found.data ? (
        <Loading />
      ) : (
        <ul className="plain-list variant-cases">
          {found.data.map((item) => (
            <li key={item.processInstanceKey}>
              <Link to={`/cases/${item.processInstanceKey}`}>{item.businessId ?? item.processInstanceKey}</Link>{' '}
              <CaseState item={item} />{' '}
              <span className="muted">{item.endDate && formatMoment(item.endDate, language)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
