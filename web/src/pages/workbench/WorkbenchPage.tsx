/** Where process owners work: the drafts that are open, the processes with what runs of them, one process's versions. */
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { importDraft } from '../../api/modelDrafts';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { PageTitle } from '../../ui/PageTitle';
import { DraftList } from './DraftList';
import { ImportFiles } from './ImportFiles';
import { NewDraftDialog } from './NewDraftDialog';
import { ProcessList } from './ProcessList';
import { SourceNotice } from './SourceNotice';
import { VersionList } from './VersionList';
import './workbench.css';

export default function WorkbenchPage() {
  const { t } = useI18n();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const process = params.get('process');
  const open = (draftKey: string) => void navigate(`/workbench/drafts/${draftKey}`);

  if (process !== null) return <VersionList processDefinitionId={process} onCreated={open} />;
  return (
    <>
      <PageTitle>{t('workbench.title')}</PageTitle>
      <p className="muted">{t('workbench.what')}</p>
      <div className="row workbench-new">
        <Button kind="primary" onPress={() => setAsking(true)}>
          {t('workbench.new')}
        </Button>
        <ImportFiles act={async (files) => open(await importDraft(files))} />
      </div>
      <SourceNotice />
      {asking && <NewDraftDialog onCreated={open} onClose={() => setAsking(false)} />}
      <DraftList />
      <ProcessList />
    </>
  );
}
