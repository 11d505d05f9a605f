/** A process as its manual has it: its facts, its diagram with what was chosen in its middle, its steps. */
import { useCallback, useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { getDefinition } from '../../api/definitions';
import { getFacts, type Facts } from '../../api/registers';
import type { ProcessDefinition } from '../../api/types';
import { mayDraft, mayOwn, seesSettings, useMe } from '../../app/session';
import { formatNumber, localDigits } from '../../dates/format';
import { lengthText } from '../../dates/lengths';
import { useI18n, type Messages } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useGroupNames } from '../../ui/names';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import './process.css';

export default function ProcessPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [definition, facts] = await Promise.all([getDefinition(key, signal), getFacts(key, signal)]);
        return { definition, facts };
      },
      [key],
    ),
  );
  if (found.data) return <Shown definition={found.data.definition} facts={found.data.facts} />;
  return (
    <>
      <PageTitle>{t('process.title')}</PageTitle>
      {found.error ? <Failure error={found.error} retry={found.reload} /> : <Loading />}
    </>
  );
}

function Shown({ definition, facts }: { definition: ProcessDefinition; facts: Facts }) {
  const { language, pick, t } = useI18n();
  const me = useMe();
  const [params] = useSearchParams();
  const element = params.get('element');
  const marks = useMemo(() => ({ active: element ? [element] : [], taken: [], counts: {} }), [element]);
  const name = pick(definition.name, definition.nameEn) || definition.processDefinitionId;
  return (
    <>
      <PageTitle title={name}>{name}</PageTitle>
      <p className="muted">
        {t('process.version', { version: formatNumber(definition.version, language) })} ·{' '}
        <Link to={`/registers?process=${encodeURIComponent(definition.processDefinitionId)}`}>
          {t('process.registers')}
        </Link>
        {(mayOwn(me, definition.processDefinitionId) || seesSettings(me)) && (
          <>
            {' '}
            · <Link to={`/processes/${definition.processDefinitionKey}/heat`}>{t('heat.link')}</Link> ·{' '}
            <Link to={`/processes/${definition.processDefinitionKey}/variants`}>{t('variants.link')}</Link>
          </>
        )}
        {mayDraft(me, definition.processDefinitionId) && (
          <>
            {' '}
            ·{' '}
            <Link
              to={`/migration?process=${encodeURIComponent(definition.processDefinitionId)}&from=${definition.processDefinitionKey}`}
            >
              {t('migration.link')}
            </Link>
          </>
        )}
      </p>
      <section className="card" aria-labelledby="diagram-title">
        <h2 id="diagram-title">{t('process.diagram')}</h2>
        <CaseDiagram
          definitionKey={definition.processDefinitionKey}
          name={name}
          marks={marks}
          near={element !== null}
        />
      </section>
      <Steps facts={facts} chosen={element} />
      <AboutProcess facts={facts} />
    </>
  );
}

function Steps({ facts, chosen }: { facts: Facts; chosen: string | null }) {
  const { language, pick, t } = useI18n();
  if (facts.steps.length === 0) return null;
  return (
    <section className="card" aria-labelledby="steps-title">
      <h2 id="steps-title">{t('process.steps')}</h2>
      <ol className="plain-list process-steps">
        {facts.steps.map((step) => (
          <li key={step.elementId} aria-current={step.elementId === chosen ? 'true' : undefined}>
            <span className="process-number">{step.number ? localDigits(step.number, language) : '·'}</span>
            <Link to={{ search: `?element=${encodeURIComponent(step.elementId)}` }} replace>
              {pick(step.name.th, step.name.en) || step.key}
            </Link>
            {step.standardTime && (
              <span className="muted small">{lengthText(step.standardTime, step.calendar, language, t)}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const TEXTS = ['purpose', 'legalBasis', 'output', 'kpi', 'qualityStandard', 'customer', 'stakeholder'] as const;

function AboutProcess({ facts: { process } }: { facts: Facts }) {
  const { language, pick, t } = useI18n();
  const nameOf = useGroupNames(process.ownerUnit ? [process.ownerUnit] : []);
  const texts = process.texts as Partial<Record<string, readonly { th: string | null; en: string | null }[]>>;
  return (
    <dl className="card process-facts">
      {process.ownerUnit && (
        <>
          <dt>{t('process.unit')}</dt>
          <dd>{nameOf(process.ownerUnit)}</dd>
        </>
      )}
      {process.targetPercent && (
        <>
          <dt>{t('process.target')}</dt>
          <dd>{`${localDigits(process.targetPercent, language)}%`}</dd>
        </>
      )}
      {TEXTS.map((name) =>
        texts[name]?.length ? (
          <div key={name} className="process-text">
            <dt>{t(`process.text.${name}` as keyof Messages)}</dt>
            {texts[name].map((each, index) => (
              <dd key={index}>{pick(each.th, each.en)}</dd>
            ))}
          </div>
        ) : null,
      )}
    </dl>
  );
}
