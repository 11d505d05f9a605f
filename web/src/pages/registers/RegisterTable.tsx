/** The entries of one register. Each leads to where it stands in the diagram of its process. */
import { Link } from 'react-router-dom';
import type { Entry, RegisterName } from '../../api/registers';
import { formatNumber, localDigits } from '../../dates/format';
import { lengthText } from '../../dates/lengths';
import { useI18n, type Messages } from '../../i18n';
import { useGroupNames } from '../../ui/names';
import { Scrolled } from '../../ui/Scrolled';

type Key = keyof Messages;
interface Column {
  title: Key;
  Cell: (props: { entry: Entry }) => React.ReactNode;
}

const COLUMNS: Record<RegisterName, readonly Column[]> = {
  'control-points': [
    { title: 'registers.evidence', Cell: Evidence },
    { title: 'registers.outcome', Cell: Outcome },
  ],
  risks: [],
  'standard-times': [
    { title: 'registers.time', Cell: Time },
    { title: 'registers.stage', Cell: Stage },
  ],
  documents: [{ title: 'registers.kind', Cell: Kind }],
  roles: [
    { title: 'registers.kind', Cell: Kind },
    { title: 'registers.unit', Cell: Unit },
  ],
  'legal-basis': [{ title: 'registers.kind', Cell: Kind }],
};

export function RegisterTable({ name, entries }: { name: RegisterName; entries: readonly Entry[] }) {
  const { t } = useI18n();
  const columns = COLUMNS[name];
  return (
    <Scrolled label={t(`registers.${name}`)}>
      <table className="task-table register-table" aria-label={t(`registers.${name}`)}>
        <thead>
          <tr>
            <th scope="col">{t('registers.text')}</th>
            <th scope="col">{t('registers.step')}</th>
            {columns.map(({ title }) => (
              <th key={title} scope="col" className="wide-only">
                {t(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, row) => (
            <tr key={row}>
              <td>
                <Text entry={entry} />
                {columns.map(({ title, Cell }) => (
                  <div key={title} className="narrow-only muted small">
                    <Cell entry={entry} />
                  </div>
                ))}
              </td>
              <td>
                <Place entry={entry} />
              </td>
              {columns.map(({ title, Cell }) => (
                <td key={title} className="wide-only">
                  <Cell entry={entry} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function Text({ entry }: { entry: Entry }) {
  const { pick, t } = useI18n();
  if (entry.kind === 'BY_CASE') return t('registers.byCase');
  return (
    <>
      {pick(entry.text?.th, entry.text?.en) || entry.id}
      {entry.id && <div className="muted small id">{entry.id}</div>}
    </>
  );
}

function Place({ entry }: { entry: Entry }) {
  const { language, pick, t } = useI18n();
  const { elementId, elementName, processDefinitionKey, processName, stepNumber } = entry;
  const at = elementId ? `?element=${encodeURIComponent(elementId)}` : '';
  const name = elementId ? pick(elementName?.th, elementName?.en) || elementId : t('registers.wholeProcess');
  return (
    <>
      <Link to={`/processes/${processDefinitionKey}${at}`}>{name}</Link>
      <div className="muted small">
        {pick(processName.th, processName.en) || entry.processDefinitionId}
        {stepNumber && ` · ${t('registers.number', { number: localDigits(stepNumber, language) })}`}
      </div>
    </>
  );
}

function Evidence({ entry }: { entry: Entry }) {
  const { t } = useI18n();
  const evidence = entry.evidence ? t(`registers.evidence.${entry.evidence}` as Key) : '';
  return (
    <>
      {evidence}
      {entry.mandatory === false && <div className="muted small">{t('registers.optional')}</div>}
    </>
  );
}

function Outcome({ entry }: { entry: Entry }) {
  const { language, t } = useI18n();
  const said = (count: number | null) => formatNumber(count ?? 0, language);
  return t('registers.outcomes', {
    passed: said(entry.passed),
    failed: said(entry.failed),
    waived: said(entry.waived),
  });
}

function Time({ entry }: { entry: Entry }) {
  const { language, t } = useI18n();
  const { standardTime, minimumTime, calendar } = entry;
  if (!standardTime) return <span className="muted">{t('registers.noTime')}</span>;
  const most = lengthText(standardTime, calendar, language, t);
  return minimumTime ? t('registers.between', { least: lengthText(minimumTime, calendar, language, t), most }) : most;
}

function Stage({ entry }: { entry: Entry }) {
  const { t } = useI18n();
  return entry.stage ? t(`registers.stage.${entry.stage}` as Key) : null;
}

function Kind({ entry }: { entry: Entry }) {
  const { t } = useI18n();
  return entry.kind ? t(`registers.kind.${entry.kind}` as Key) : null;
}

function Unit({ entry }: { entry: Entry }) {
  const nameOf = useGroupNames(entry.unit ? [entry.unit] : []);
  return entry.unit ? nameOf(entry.unit) : null;
}
