/** The documents of a case with their versions: seen, added and taken away as far as one may. */
import { useCallback, useId, useMemo, useState } from 'react';
import { caseFiles, LARGEST_FILE, removeFile } from '../api/documents';
import { useLive } from '../api/events';
import type { CaseDocument, ProcessInstanceKey } from '../api/types';
import { mayDraft, mayOwn, useMe } from '../app/session';
import { formatMoment, localDigits } from '../dates/format';
import { FileDrop } from '../files/FileDrop';
import { FileLine } from '../files/FileLine';
import { deskFor } from '../files/fileDesk';
import { versionsOf } from '../files/versions';
import { isMessageKey, useI18n } from '../i18n';
import { ActionDialog } from '../ui/ActionDialog';
import { useAnnounce } from '../ui/Announcer';
import { Failure } from '../ui/Failure';
import { Loading } from '../ui/Loading';
import { More } from '../ui/More';
import { Person } from '../ui/Person';
import { usePages } from '../ui/usePages';
import { ClassDialog } from './ClassDialog';

const PAGE = 50;
const RULES = { kinds: [], largest: LARGEST_FILE, several: true };

interface Props {
  processInstanceKey: ProcessInstanceKey;
  /** while the case goes on, for who works on it */
  mayChange: boolean;
}

export function Attachments({ processInstanceKey, mayChange }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const title = useId();
  const [leaving, setLeaving] = useState<CaseDocument | null>(null);
  const list = usePages(
    useCallback(
      (page: Parameters<typeof caseFiles>[1], signal?: AbortSignal) => caseFiles(processInstanceKey, page, signal),
      [processInstanceKey],
    ),
    PAGE,
  );
  useLive((event) => event.kind === 'process-instance' && event.processInstanceKey === processInstanceKey, list.reload);
  const desk = useMemo(() => deskFor(() => ({ processInstanceKey })), [processInstanceKey]);
  const [classified, setClassified] = useState<CaseDocument | null>(null);
  const of = { remove: mayChange ? setLeaving : null, classify: setClassified, worksHere: mayChange };
  return (
    <section className="card" aria-labelledby={title}>
      <h2 id={title}>{t('files.attachments')}</h2>
      {Boolean(list.error) && <Failure error={list.error} retry={list.reload} />}
      {!list.items && !list.error && <Loading />}
      {list.items?.length === 0 && <p className="muted">{t('files.empty.case')}</p>}
      <ul className="plain-list attachments">
        {versionsOf(list.items ?? [], list.cursor === null).map(({ latest, number, earlier }) => (
          <li key={latest.documentId}>
            <Version item={latest} number={number} {...of} />
            {earlier.length > 0 && (
              <details>
                <summary>{t('files.earlier', { n: localDigits(String(earlier.length), language) })}</summary>
                <ul className="plain-list">
                  {earlier.map((item, place) => (
                    <li key={item.documentId}>
                      <Version item={item} number={number && number - place - 1} {...of} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
      {Boolean(list.failed) && <Failure error={list.failed} retry={() => void list.loadMore()} />}
      <More more={list.cursor !== null} loadingMore={list.loadingMore} loadMore={list.loadMore} />
      {mayChange && (
        <>
          <p className="small muted">{t('files.addHint')}</p>
          <FileDrop
            desk={desk}
            rules={RULES}
            labelledBy={title}
            onDone={({ metadata }) => {
              announce(t('files.arrived', { name: metadata.fileName }));
              list.reload();
            }}
          />
        </>
      )}
      {classified && <ClassDialog item={classified} onDone={list.reload} onClose={() => setClassified(null)} />}
      {leaving && (
        <ActionDialog
          title={t('files.removeTitle')}
          hint={t('files.removeHint', { name: leaving.fileName })}
          submit={t('files.remove')}
          act={async () => {
            await removeFile(leaving.documentId);
            return null;
          }}
          onClose={(done) => {
            setLeaving(null);
            if (!done) return;
            announce(t('files.removed', { name: leaving.fileName }));
            list.reload();
          }}
        >
          {null}
        </ActionDialog>
      )}
    </section>
  );
}

interface VersionProps {
  item: CaseDocument;
  number: number | null;
  remove: ((item: CaseDocument) => void) | null;
  classify: (item: CaseDocument) => void;
  /** who works on the case may raise a class, its owner may lower it, too */
  worksHere: boolean;
}

function Version({ item, number, remove, classify, worksHere }: VersionProps) {
  const { language, t } = useI18n();
  const me = useMe();
  // a substitute takes nothing away that another handed in
  const mayRemove = !me.onBehalfOf && (item.uploadedBy === me.username || mayOwn(me, item.processDefinitionId));
  const mayClassify =
    me.clearance !== 'NORMAL' &&
    (worksHere || item.uploadedBy === me.username || mayDraft(me, item.processDefinitionId));
  const level = `files.class.${item.accessClass}`;
  const facts = { documentId: item.documentId, name: item.fileName, size: item.size };
  return (
    <FileLine
      facts={facts}
      onRemove={remove && mayRemove ? () => remove(item) : null}
      onClassify={mayClassify ? () => classify(item) : null}
    >
      {isMessageKey(level) && <span className="badge warn">{t(level)}</span>}
      <div className="muted small">
        {number !== null && `${t('files.version', { n: localDigits(String(number), language) })} · `}
        {t('files.by')} <Person username={item.uploadedBy} /> · {formatMoment(item.uploadDate, language)}
      </div>
    </FileLine>
  );
}
