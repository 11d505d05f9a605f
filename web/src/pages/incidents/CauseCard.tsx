/** What incidents have in common, in words: where, of which kind, how many, since when. */
import { Link } from 'react-router-dom';
import type { Cause } from '../../api/incidents';
import { formatMoment, formatNumber } from '../../dates/format';
import { isMessageKey, useI18n, type Translate } from '../../i18n';

export function kindOf(errorType: string, t: Translate): string {
  const key = `incidents.type.${errorType}`;
  return isMessageKey(key) ? t(key) : errorType;
}

export function useElementName({ elementName, elementId }: Cause): string {
  const { pick } = useI18n();
  return pick(elementName.th, elementName.en) || elementId;
}

interface Props {
  cause: Cause;
  /** whether the name leads to the page of the cause */
  linked?: boolean;
}

export function CauseCard({ cause, linked = false }: Props) {
  const { language, pick, t } = useI18n();
  const element = useElementName(cause);
  const number = (value: number) => formatNumber(value, language);
  return (
    <>
      <div className="row">
        <strong>{linked ? <Link to={`/incidents/${cause.causeKey}`}>{element}</Link> : element}</strong>
        <span className="badge bad">
          {t('incidents.count', { cases: number(cause.processInstanceCount), n: number(cause.incidentCount) })}
        </span>
      </div>
      <div className="muted">
        {pick(cause.processName.th, cause.processName.en) || cause.processDefinitionId} · {kindOf(cause.errorType, t)}
      </div>
      <div className="incident-text">{cause.errorMessage || t('incidents.hidden')}</div>
      <div className="muted small">
        {t('incidents.since', {
          first: formatMoment(cause.firstDate, language),
          latest: formatMoment(cause.latestDate, language),
        })}
      </div>
    </>
  );
}
