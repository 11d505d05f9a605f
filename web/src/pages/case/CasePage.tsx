/** A case as an auditor reads it: where it stands and how it came there, what was known when, what was checked, kept or missed. */
import { useMemo } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link, useParams } from 'react-router-dom';
import type { ProcessInstance, ProcessInstanceKey } from '../../api/types';
import { mayOwn, readsOnly, useMe } from '../../app/session';
import { formatMoment, localDigits } from '../../dates/format';
import type { Marks } from '../../diagram/marks';
import { nameOf } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { CaseState } from '../../parts/CaseState';
import { Attachments } from '../../parts/Attachments';
import { Comments } from '../../parts/comments/Comments';
import { ControlPoints } from '../../parts/ControlPoints';
import { ClockBoard } from '../../parts/deadlines/ClockBoard';
import { Deadlines } from '../../parts/deadlines/Deadlines';
import { EarlierForms } from '../../parts/earlier/EarlierForms';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { Person } from '../../ui/Person';
import { PageTitle } from '../../ui/PageTitle';
import './case.css';
import { ChainBadge } from './ChainBadge';
import { Decisions } from './decisions/Decisions';
import { Evidence } from './Evidence';
import { Legend } from './Legend';
import { Manage } from './Manage';
import { AtMoment } from './replay/AtMoment';
import { activeOf, type CaseAt, type Version } from './replay/caseAt';
import { ReplayBar } from './replay/ReplayBar';
import { useMoment } from './replay/useMoment';
import { useAllNames, useReplay, useStates } from './replay/useReplay';
import { StandardTimes } from './StandardTimes';
import { Timeline } from './Timeline';
import { useCase, type CaseContent } from './useCase';
import { useHistory } from './useHistory';

export default function CasePage() {
  const { key = '' } = useParams();
  return <OneCase key={key} caseKey={key} />;
}

function OneCase({ caseKey }: { caseKey: ProcessInstanceKey }) {
  const { t } = useI18n();
  const { content, reload } = useCase(caseKey);
  if (!content.data && content.error) {
    return (
      <>
        <PageTitle>{t('case.title')}</PageTitle>
        <Failure error={content.error} retry={reload} />
      </>
    );
  }
  if (!content.data) return <Loading />;
  return <Loaded content={content.data} reload={reload} />;
}

function Loaded({ content, reload }: { content: CaseContent; reload: () => void }) {
  const { pick, t } = useI18n();
  const { item, active, deadlines, points } = content;
  const me = useMe();
  const worksHere = !readsOnly(me);
  const history = useHistory(item.processInstanceKey);
  const { events } = history;
  const { sequence, settled, go } = useMoment();
  const states = useStates(events, item.processDefinitionKey, item.processDefinitionVersion);
  const replayed = useReplay(states, events, sequence);
  const names = useAllNames(states?.versions ?? NO_VERSIONS, content.names);
  const name = pick(item.processDefinitionName, item.processNameEn) || item.processDefinitionId;
  const things = useMemo(
    () => ({
      ...Object.fromEntries(deadlines.map((deadline) => [deadline.deadlineId, deadline.text])),
      ...Object.fromEntries(points.map((point) => [point.controlPointId, point.text])),
    }),
    [deadlines, points],
  );
  const marks = useMarks(content, replayed?.at ?? null);
  return (
    <>
      <PageTitle title={`${t('case.title')} ${item.businessId ?? item.processInstanceKey}`}>
        {name} <span className="muted">{item.businessId ?? item.processInstanceKey}</span>
      </PageTitle>
      <CaseHead item={item} />
      {worksHere && item.state === 'ACTIVE' && (
        <p>
          <Link to={`/cases/${item.processInstanceKey}/correction`}>{t('correction.title')}</Link>
        </p>
      )}
      <ClockBoard deadlines={deadlines} reload={reload} />
      <section className="card" aria-labelledby="diagram-title">
        <h2 id="diagram-title">{t('case.diagram')}</h2>
        {replayed ? <Then at={replayed.at} names={names} /> : <Where active={active} names={names} />}
        <div className="case-diagram">
          <CaseDiagram
            definitionKey={replayed?.at.version.definition ?? item.processDefinitionKey}
            name={name}
            marks={marks}
            near={active.length > 0}
          />
        </div>
        <Legend />
        {events && <ReplayBar events={events} names={names} count={replayed?.count ?? null} go={go} />}
      </section>
      {mayOwn(me, item.processDefinitionId) && <Manage item={item} names={names} />}
      <Tabs className="card">
        <TabList aria-label={t('case.tab')} className="tabs-list">
          <Tab id="history" className="tab">
            {t('case.timeline')}
          </Tab>
          <Tab id="control" className="tab">
            {t('control.title')}
          </Tab>
          <Tab id="deadlines" className="tab">
            {t('case.deadlines')}
          </Tab>
          <Tab id="standard" className="tab">
            {t('case.standard')}
          </Tab>
          <Tab id="forms" className="tab">
            {t('earlier.title')}
          </Tab>
          <Tab id="documents" className="tab">
            {t('files.attachments')}
          </Tab>
          <Tab id="comments" className="tab">
            {t('comments.title')}
          </Tab>
          <Tab id="decisions" className="tab">
            {t('decisions.title')}
          </Tab>
          <Tab id="evidence" className="tab">
            {t('auditing.evidence')}
          </Tab>
        </TabList>
        <TabPanel id="history" className="case-columns">
          <Timeline history={history} names={names} things={things} moment={sequence} go={go} />
          <AtMoment
            instance={item.processInstanceKey}
            names={names}
            sequence={settled}
            events={events ?? []}
            replayed={replayed}
          />
        </TabPanel>
        <TabPanel id="control">
          <ControlPoints points={points}>
            {({ elementId }) => elementId && <div className="muted small">{nameOf(names, elementId, pick)}</div>}
          </ControlPoints>
        </TabPanel>
        <TabPanel id="deadlines">
          <Deadlines deadlines={deadlines} />
        </TabPanel>
        <TabPanel id="standard">
          <StandardTimes instance={item.processInstanceKey} names={names} />
        </TabPanel>
        <TabPanel id="decisions">
          <Decisions instance={item.processInstanceKey} />
        </TabPanel>
        <TabPanel id="evidence">
          <Evidence item={item} />
        </TabPanel>
        <TabPanel id="forms">
          <EarlierForms processInstanceKey={item.processInstanceKey} />
        </TabPanel>
        <TabPanel id="documents">
          <Attachments processInstanceKey={item.processInstanceKey} mayChange={worksHere && item.endDate === null} />
        </TabPanel>
        <TabPanel id="comments">
          <Comments processInstanceKey={item.processInstanceKey} mayAdd={worksHere} />
        </TabPanel>
      </Tabs>
    </>
  );
}

const NO_VERSIONS: readonly Version[] = [];

/** What is marked in the diagram: as it is now, or as it was then. */
function useMarks({ active, taken, statistics }: CaseContent, then: CaseAt | null): Marks {
  return useMemo(
    () =>
      then
        ? { active: activeOf(then), taken: [...then.taken], counts: Object.fromEntries(then.completed) }
        : {
            active: active.map((element) => element.elementId),
            taken,
            counts: Object.fromEntries(statistics.map(({ elementId, completed }) => [elementId, completed])),
          },
    [active, taken, statistics, then],
  );
}

function CaseHead({ item }: { item: ProcessInstance }) {
  const { language, t } = useI18n();
  return (
    <div className="row case-head">
      <CaseState item={item} />
      <span>
        {t('cases.started')} {formatMoment(item.startDate, language)} · <Person username={item.startedBy} />
      </span>
      {item.endDate && (
        <span>
          {t('cases.ended')} {formatMoment(item.endDate, language)}
        </span>
      )}
      <span className="muted">
        {t('start.version', { n: localDigits(String(item.processDefinitionVersion), language) })}
      </span>
      <ChainBadge instance={item.processInstanceKey} />
    </div>
  );
}

function Then({ at, names }: { at: CaseAt; names: CaseContent['names'] }) {
  const { language, pick, t } = useI18n();
  const texts = activeOf(at).map((id) => nameOf(names, id, pick));
  return (
    <p>
      {texts.length > 0 ? `${t('replay.where')}: ${texts.join(' · ')}` : t('replay.nowhere')}{' '}
      <span className="muted">{t('replay.version', { n: localDigits(String(at.version.number), language) })}</span>
    </p>
  );
}

function Where({ active, names }: Pick<CaseContent, 'active' | 'names'>) {
  const { pick, t } = useI18n();
  if (active.length === 0) return null;
  const texts = active.map(({ elementId, elementName }) => nameOf(names, elementId, pick, elementName));
  return (
    <p>
      {t('case.legendActive')}: {[...new Set(texts)].join(' · ')}
    </p>
  );
}
