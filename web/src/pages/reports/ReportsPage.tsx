/** How well the standard times of a process were kept: choose it and the time, read, take it out as a file. */
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { problemText } from '../../api/problem';
import { getProcesses, getReport, saveReport, type Report, type Scope, type Wanted } from '../../api/reports';
import type { ProcessDefinition } from '../../api/types';
import { now } from '../../dates/clock';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Figures } from './Figures';
import { dayOf, periodOf } from './period';
import { PeriodChoice } from './PeriodChoice';
import './reports.css';

const SCOPES: readonly Scope[] = ['PROCESS', 'UNIT', 'OWN'];

export default function ReportsPage() {
  const { t } = useI18n();
  const processes = useResource(getProcesses);
  return (
    <>
      <PageTitle>{t('reports.title')}</PageTitle>
      {processes.loading && <Loading />}
      {Boolean(processes.error) && <Failure error={processes.error} retry={processes.reload} />}
      {processes.data?.length === 0 && <p className="card">{t('reports.none')}</p>}
      {processes.data?.[0] && <Chosen processes={processes.data} first={processes.data[0]} />}
    </>
  );
}

/** What is chosen stands in the address, so that it can be sent to others and come back to. */
function Chosen({ processes, first }: { processes: ProcessDefinition[]; first: ProcessDefinition }) {
  const { pick, t } = useI18n();
  const [params, setParams] = useSearchParams();
  const [today] = useState(() => dayOf(now()));
  const process = params.get('process') ?? first.processDefinitionId;
  const period = periodOf(params, today);
  const scope = SCOPES.find((each) => each === params.get('scope'));
  const change = (changes: Record<string, string>) =>
    setParams({ process, ...period, ...(scope && { scope }), ...changes }, { replace: true });
  const { kind, from, to } = period;
  return (
    <>
      <div className="card report-choice">
        <Choice
          label={t('reports.process')}
          value={process}
          options={processes.map(({ processDefinitionId: value, name, nameEn }) => ({
            value,
            label: pick(name, nameEn) || value,
          }))}
          onChange={(value) => change({ process: value })}
        />
        <PeriodChoice
          period={period}
          today={today}
          onChange={(next) => setParams({ process, ...(scope && { scope }), ...next }, { replace: true })}
        />
      </div>
      <Shown key={process} {...{ process, kind, from, to, scope }} onScope={(next) => change({ scope: next })} />
    </>
  );
}

interface ShownProps {
  process: string;
  kind: Wanted['period']['kind'];
  from: string;
  to: string | undefined;
  scope: Scope | undefined;
  onScope: (scope: Scope) => void;
}

function Shown({ process, kind, from, to, scope, onScope }: ShownProps) {
  const wanted = useCallback(
    (): Wanted => ({
      processDefinitionId: process,
      period: { kind, from, ...(to && { to }) },
      ...(scope && { scope }),
    }),
    [process, kind, from, to, scope],
  );
  const report = useResource(useCallback((signal: AbortSignal) => getReport(wanted(), signal), [wanted]));
  if (report.error) return <Failure error={report.error} retry={report.reload} />;
  if (!report.data) return <Loading />;
  return (
    <>
      <Tools report={report.data} wanted={wanted} onScope={onScope} />
      <Figures report={report.data} />
    </>
  );
}

function Tools({ report, wanted, onScope }: { report: Report; wanted: () => Wanted; onScope: (scope: Scope) => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [working, setWorking] = useState(false);
  async function save(format: 'csv' | 'xlsx') {
    setWorking(true);
    try {
      await saveReport(wanted(), format, language);
      announce(t('reports.saved'));
    } catch (error) {
      announce(problemText(error, language, t));
    } finally {
      setWorking(false);
    }
  }
  return (
    <div className="row report-tools">
      {report.scopes.length > 1 && (
        <Choice
          label={t('reports.scope')}
          value={report.scope}
          options={report.scopes.map((value) => ({ value, label: t(`reports.scope.${value}`) }))}
          onChange={onScope}
        />
      )}
      <Button onPress={() => void save('xlsx')} isDisabled={working}>
        {t('reports.xlsx')}
      </Button>
      <Button onPress={() => void save('csv')} isDisabled={working}>
        {t('reports.csv')}
      </Button>
    </div>
  );
}
