import { useCallback } from 'react';
import { getDraft, searchDraftsOf, searchRevisions } from '../../api/modelDrafts';
import { searchVersions } from '../../api/definitions';
import { mayDraft, useMe } from '../../app/session';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { usePersonNames } from '../../ui/names';
import { useList } from '../../ui/useList';
import { useResource } from '../../ui/useResource';
import { draftOf } from './sides';

interface Props {
  label: string;
  /** as an address says it */
  value: string;
  process: string | null;
  onChange: (value: string) => void;
}

const NOTHING = { items: [], page: { totalItems: 0, hasMoreTotalItems: false, startCursor: null, endCursor: null } };

/** Chooses a side: a version or a draft of the process, and of a draft the moment. */
export function SideChoice({ label, value, process, onChange }: Props) {
  const { language, t } = useI18n();
  const me = useMe();
  const drafts = process !== null && mayDraft(me, process);
  const versions = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) =>
        process === null ? Promise.resolve(NOTHING) : searchVersions(process, after, signal),
      [process],
    ),
  );
  const open = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) =>
        drafts ? searchDraftsOf(process, after, signal) : Promise.resolve(NOTHING),
      [drafts, process],
    ),
  );
  const draftKey = draftOf(value);
  const [chosen] = value.split('.');
  const options = [
    ...(versions.items ?? []).map(({ version }) => ({
      value: `v${version}`,
      label: t('process.version', { version: formatNumber(version, language) }),
    })),
    ...(open.items ?? []).map((draft) => ({
      value: `d${draft.draftKey}`,
      label: t('compare.draft', { name: draft.name }),
    })),
  ];
  const named = useNamedDraft(options.some((option) => option.value === chosen) ? null : draftKey);
  const missing = !options.some((option) => option.value === chosen);
  const own = { value: chosen ?? '', label: named ? t('compare.draft', { name: named }) : '' };
  return (
    <div className="compare-side">
      {Boolean(versions.error) && <Failure error={versions.error} retry={versions.reload} />}
      <Choice label={label} value={chosen ?? ''} options={missing ? [own, ...options] : options} onChange={onChange} />
      {versions.more && (
        <Button small isDisabled={versions.loadingMore} onPress={versions.loadMore}>
          {t('compare.olderVersions')}
        </Button>
      )}
      {draftKey && <Moment key={draftKey} draftKey={draftKey} value={value} side={label} onChange={onChange} />}
    </div>
  );
}

/** The name of a draft that is in no list: it is published, or of no process. */
function useNamedDraft(draftKey: string | null): string | null {
  const found = useResource(
    useCallback(async (signal: AbortSignal) => (draftKey ? (await getDraft(draftKey, signal)).name : null), [draftKey]),
  );
  return found.data ?? null;
}

interface MomentProps {
  draftKey: string;
  value: string;
  side: string;
  onChange: (value: string) => void;
}

/** Of a draft: as it is now, or as it was after one of its revisions. */
function Moment({ draftKey, value, side, onChange }: MomentProps) {
  const { language, t } = useI18n();
  const revisions = useList(
    useCallback(
      (after: string | undefined, signal?: AbortSignal) => searchRevisions(draftKey, after, signal),
      [draftKey],
    ),
  );
  const items = revisions.items ?? [];
  const nameOf = usePersonNames(items.map(({ author }) => author));
  const options = items.map(({ revision, writtenAt, author }) => ({
    value: `d${draftKey}.${revision}`,
    label: t('compare.revisionOf', {
      n: formatNumber(revision, language),
      date: formatMoment(writtenAt, language),
      name: nameOf(author),
    }),
  }));
  const listed = !value.includes('.') || options.some((option) => option.value === value);
  return (
    <>
      <Choice
        label={`${side}: ${t('compare.revision')}`}
        value={value}
        options={[
          { value: `d${draftKey}`, label: t('compare.now') },
          ...(listed ? [] : [{ value, label: value.split('.')[1] ?? '' }]),
          ...options,
        ]}
        onChange={onChange}
      />
      {revisions.more && (
        <Button small isDisabled={revisions.loadingMore} onPress={revisions.loadMore}>
          {t('compare.olderRevisions')}
        </Button>
      )}
    </>
  );
}
