import type { DecisionTrial } from '../api/draftDecisions';
import { formatNumber } from '../dates/format';
import { useI18n } from '../i18n';
import { inLanguage } from './labels';
import type { Decision } from './model';

/** What a trial answered: the result, what stands in its way, and what the other decisions on the way to it said. */
export function Outcome({ trial, decision }: { trial: DecisionTrial; decision: Decision }) {
  const { language, pick, t } = useI18n();
  const { evaluatedDecisions, failure, missing, output, warnings } = trial;
  const rules = evaluatedDecisions.find((each) => each.decisionDefinitionId === decision.id)?.matchedRules ?? [];
  const numbers = rules.map(({ ruleIndex }) => formatNumber(ruleIndex, language)).join(', ');
  const others = evaluatedDecisions.filter((each) => each.decisionDefinitionId !== decision.id);
  return (
    <>
      <p className="decision-result">
        {t('decisions.result')} <code className="decision-value">{output}</code>
      </p>
      {decision.table && <p>{numbers ? t('dmn.trial.matched', { n: numbers }) : t('decisions.noMatch')}</p>}
      {failure && <p className="notice danger">{pick(failure.th, failure.en)}</p>}
      {missing.length > 0 && <p className="notice warn">{t('dmn.trial.missing', { names: missing.join(', ') })}</p>}
      {warnings.length > 0 && (
        <ul className="small">
          {warnings.map(({ decisionDefinitionId, message }, n) => (
            <li key={n}>
              {pick(message.th, message.en)} <span className="muted">({decisionDefinitionId})</span>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <dl className="decision-inputs">
          {others.map((each) => (
            <div key={each.decisionDefinitionId}>
              <dt>{inLanguage(each.decisionDefinitionName, language)}</dt>
              <dd>
                <code className="decision-value">{each.output}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
