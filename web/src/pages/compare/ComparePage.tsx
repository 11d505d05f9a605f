/** Two versions of a process side by side: deployed, in a draft, or as a draft once was; in words and drawn. */
import { useCallback, useMemo } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { compareModels } from '../../api/modelComparisons';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import './compare.css';
import { Shown } from './Shown';
import { SideChoice } from './SideChoice';
import { draftOf, sideOf } from './sides';

export default function ComparePage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const process = params.get('process');
  const before = params.get('before') ?? '';
  const after = params.get('after') ?? '';
  const draftKey = draftOf(after) ?? draftOf(before);
  const choose = (side: 'before' | 'after') => (value: string) =>
    setParams((old) => new URLSearchParams({ ...Object.fromEntries(old), [side]: value }), { replace: true });
  return (
    <>
      <PageTitle>{t('compare.title')}</PageTitle>
      <p className="muted">{t('compare.what')}</p>
      <p className="row">
        {process && <Link to={`/workbench?process=${encodeURIComponent(process)}`}>{t('compare.toVersions')}</Link>}
        {draftKey && <Link to={`/workbench/drafts/${draftKey}`}>{t('compare.toDraft')}</Link>}
      </p>
      <div className="compare-sides">
        <SideChoice label={t('compare.before')} value={before} process={process} onChange={choose('before')} />
        <SideChoice label={t('compare.after')} value={after} process={process} onChange={choose('after')} />
      </div>
      <Comparison process={process} before={before} after={after} />
    </>
  );
}

function Comparison({ process, before, after }: { process: string | null; before: string; after: string }) {
  const sides = useMemo(
    () => ({ before: sideOf(before, process), after: sideOf(after, process) }),
    [process, before, after],
  );
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) =>
        sides.before && sides.after
          ? compareModels(sides.before, sides.after, { diagrams: true }, signal)
          : Promise.resolve(null),
      [sides],
    ),
  );
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  if (found.data === undefined) return <Loading />;
  return found.data && <Shown comparison={found.data} />;
}
