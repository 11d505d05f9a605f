/** What would become of many cases, looked at before it is done: to how many it can be done, and what stands against it. */
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';

export interface CasesForeseen {
  total: number;
  looked: number;
  possible: number;
}
interface Fault {
  elementId: string | null;
  rule: string;
  th: string;
  en: string;
  cases: number;
}
interface Props {
  cases: CasesForeseen;
  faults: readonly Fault[];
  /** what is said when there are no cases */
  none: string;
  called: (elementId: string) => string;
}

export function Foreseen({ cases, faults, none, called }: Props) {
  const { language, pick, t } = useI18n();
  const number = (value: number) => formatNumber(value, language);
  const counted = { total: number(cases.total), looked: number(cases.looked), possible: number(cases.possible) };
  return (
    <>
      <p role="status">
        {cases.total === 0 ? none : t('many.possible', counted)}
        {cases.looked < cases.total && ` ${t('many.onlyLooked', { n: number(cases.looked) })}`}
      </p>
      {faults.length > 0 && (
        <ul className="plain-list entries" aria-label={t('many.against')}>
          {faults.map((fault) => (
            <li key={`${fault.rule}/${fault.elementId ?? ''}/${fault.en}`}>
              <strong>{fault.elementId && called(fault.elementId)}</strong>: {pick(fault.th, fault.en)}{' '}
              {fault.cases > 0 && (
                <span className="badge bad">{t('many.cases', { n: formatNumber(fault.cases, language) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
