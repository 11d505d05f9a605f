/** Gives a document a confidentiality class of its own, above that of its case; to lower it takes a reason. */
import { useCallback, useState } from 'react';
import { CLEARANCES, type Clearance } from '../api/accounts';
import { getCase } from '../api/cases';
import { classifyFile } from '../api/documents';
import type { CaseDocument } from '../api/types';
import { mayDraft, useMe } from '../app/session';
import { useI18n } from '../i18n';
import { useAnnounce } from '../ui/Announcer';
import { Choice } from '../ui/Choice';
import { Failure } from '../ui/Failure';
import { Loading } from '../ui/Loading';
import { useResource } from '../ui/useResource';
import { ReasonDialog } from './ReasonDialog';

interface Props {
  item: CaseDocument;
  onDone: () => void;
  onClose: () => void;
}

/** The lowest class: the document is as its case is. */
const AS_CASE = CLEARANCES[0];
const rank = (name: string) => CLEARANCES.indexOf(name as Clearance);

export function ClassDialog({ item, onDone, onClose }: Props) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const me = useMe();
  const [chosen, setChosen] = useState<Clearance | null>(null);
  const { processInstanceKey } = item;
  const found = useResource(
    useCallback((signal: AbortSignal) => getCase(processInstanceKey, signal), [processInstanceKey]),
  );
  const ofCase = found.data?.accessClass ?? AS_CASE;
  const present = rank(item.accessClass) > rank(ofCase) ? (item.accessClass as Clearance) : AS_CASE;
  const lowest = mayDraft(me, item.processDefinitionId) ? 0 : rank(present);
  const offered = CLEARANCES.filter((name) => {
    const place = rank(name);
    return place >= lowest && place <= rank(me.clearance) && (name === AS_CASE || place > rank(ofCase));
  });
  const value = chosen ?? present;
  const lowers = rank(value) < rank(present);
  const level = (name: Clearance) =>
    name === AS_CASE
      ? t('files.asCase', { name: t(`accounts.clearance.${ofCase as Clearance}`) })
      : t(`accounts.clearance.${name}`);

  async function classify(reason: string) {
    await classifyFile(item.documentId, value, reason || null);
    announce(t('files.classified', { name: item.fileName }));
    onDone();
  }

  return (
    <ReasonDialog
      title={t('files.classify')}
      hint={t(lowers ? 'files.lowerHint' : 'files.raiseHint')}
      action={t('files.classify')}
      label={t(lowers ? 'reason.label' : 'files.reasonOptional')}
      optional={!lowers}
      missing={value === present ? t('files.sameClass') : null}
      onSubmit={classify}
      onClose={onClose}
    >
      <p className="file-name">{item.fileName}</p>
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.loading && <Loading />}
      {found.data && (
        <Choice
          label={t('files.class')}
          value={value}
          options={offered.map((name) => ({ value: name, label: level(name) }))}
          onChange={setChosen}
        />
      )}
    </ReasonDialog>
  );
}
