/** A draft tried out before it is published: its scenarios, or a case walked by hand. */
import { useCallback } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link, useParams } from 'react-router-dom';
import { getDraft, type ModelDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Scenarios } from './Scenarios';
import { Simulation } from './Simulation';
import './trial.css';
import { useDiagrams } from './useDiagrams';

export default function TrialPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const draft = useResource(useCallback((signal: AbortSignal) => getDraft(key, signal), [key]));
  return (
    <>
      <p className="small">
        <Link to={`/workbench/drafts/${key}`}>{t('trial.back')}</Link>
      </p>
      <PageTitle>{draft.data ? t('trial.of', { name: draft.data.name }) : t('trial.title')}</PageTitle>
      {draft.error ? (
        <Failure error={draft.error} retry={draft.reload} />
      ) : draft.data ? (
        <Shown draft={draft.data} reload={draft.reload} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function Shown({ draft, reload }: { draft: ModelDraft; reload: () => void }) {
  const { t } = useI18n();
  const diagrams = useDiagrams(draft);
  if (diagrams.error) return <Failure error={diagrams.error} retry={diagrams.reload} />;
  if (!diagrams.data) return <Loading />;
  return (
    <>
      <p className="muted">{t('trial.hint')}</p>
      <Tabs className="card trial-tabs">
        <TabList aria-label={t('trial.ways')} className="tabs-list">
          <Tab id="scenarios" className="tab">
            {t('trial.scenarios')}
          </Tab>
          <Tab id="walk" className="tab">
            {t('walk.title')}
          </Tab>
        </TabList>
        <TabPanel id="scenarios">
          <Scenarios draft={draft} diagrams={diagrams.data} reload={reload} />
        </TabPanel>
        <TabPanel id="walk">
          <Simulation draft={draft} diagrams={diagrams.data} reload={reload} />
        </TabPanel>
      </Tabs>
    </>
  );
}
