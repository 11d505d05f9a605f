/** The table that decided, read-only: what went in, which rules matched, what came out. */
import { useCallback } from 'react';
import { getDecided, getTable, type Decided, type DecidedInFull } from '../../../api/decisions';
import { formatNumber } from '../../../dates/format';
import { inLanguage } from '../../../decisions/labels';
import { useI18n } from '../../../i18n';
import { Failure } from '../../../ui/Failure';
import { Loading } from '../../../ui/Loading';
import { useResource } from '../../../ui/useResource';
import { Scrolled } from '../../../ui/Scrolled';
import { tableOf, type Column, type Rule, type Table } from './table';

export function OneDecision({ item, name }: { item: Decided; name: string }) {
  const { t } = useI18n();
  const { decisionEvaluationInstanceKey: key, decisionDefinitionKey: version } = item;
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [decided, xml] = await Promise.all([getDecided(key, signal), getTable(version, signal)]);
        return { decided, xml };
      },
      [key, version],
    ),
  );
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  if (!found.data) return <Loading />;
  const { decided, xml } = found.data;
  const table = tableOf(xml, item.decisionDefinitionId);
  return (
    <>
      <Inputs decided={decided} />
      {table ? <Drawn table={table} decided={decided} name={name} /> : <p>{t('decisions.noTable')}</p>}
    </>
  );
}

function Inputs({ decided }: { decided: DecidedInFull }) {
  const { language, t } = useI18n();
  if (decided.evaluatedInputs.length === 0) return null;
  return (
    <dl className="decision-inputs">
      {decided.evaluatedInputs.map(({ inputId, inputName, inputValue }) => (
        <div key={inputId}>
          <dt>
            {t('decisions.in')}: {inLanguage(inputName, language)}
          </dt>
          <dd>
            <code className="decision-value">{inputValue}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Drawn({ table, decided, name }: { table: Table; decided: DecidedInFull; name: string }) {
  const { t } = useI18n();
  const matched = new Map(decided.matchedRules.map((rule) => [rule.ruleId, rule]));
  return (
    <>
      <p className="muted small">{t('decisions.policy', { policy: table.hitPolicy })}</p>
      <Scrolled label={t('decisions.table', { name })}>
        <table className="task-table decision-table">
          <thead>
            <tr>
              <th scope="col">{t('decisions.rule')}</th>
              {table.inputs.map((column) => (
                <Head key={column.id} column={column} kind={t('decisions.in')} />
              ))}
              {table.outputs.map((column) => (
                <Head key={column.id} column={column} kind={t('decisions.out')} />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rules.map((rule, n) => (
              <Line key={rule.id || n} rule={rule} number={n + 1} matched={matched.get(rule.id)} />
            ))}
          </tbody>
        </table>
      </Scrolled>
      {matched.size === 0 && <p>{t('decisions.noMatch')}</p>}
    </>
  );
}

function Head({ column, kind }: { column: Column; kind: string }) {
  const { language } = useI18n();
  return (
    <th scope="col">
      <span className="muted small">{kind}</span> {inLanguage(column.label, language)}
      <div className="muted small">{column.expression}</div>
    </th>
  );
}

interface LineProps {
  rule: Rule;
  number: number;
  matched: DecidedInFull['matchedRules'][number] | undefined;
}

function Line({ rule, number, matched }: LineProps) {
  const { language, t } = useI18n();
  return (
    <tr className={matched ? 'decision-matched' : undefined}>
      <th scope="row">
        {formatNumber(number, language)} {matched && <span className="badge good">✓ {t('decisions.matched')}</span>}
        {rule.note && <div className="muted small">{inLanguage(rule.note, language)}</div>}
      </th>
      {rule.inputs.map((text, n) => (
        <td key={n}>{text === '' || text === '-' ? <span className="muted">{t('decisions.any')}</span> : text}</td>
      ))}
      {rule.outputs.map((text, n) => {
        const value = matched?.evaluatedOutputs[n]?.outputValue;
        return (
          <td key={n}>
            {text}
            {value !== undefined && value !== text && <div className="decision-value">= {value}</div>}
          </td>
        );
      })}
    </tr>
  );
}
