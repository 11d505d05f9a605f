/** The lists of the inbox with how much is in them: tasks, one's own saved views, requests that wait for approval. */
import { Link } from 'react-router-dom';
import { countToDecide } from '../../api/interventions';
import { useLive } from '../../api/events';
import type { InboxCount, SavedView } from '../../api/types';
import { mayDecide, useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useResource } from '../../ui/useResource';
import { addressOfSaved, VIEWS, type View } from './filters';

interface Props {
  view: View | 'approvals';
  /** what the address says besides the view: it holds in every view */
  keep?: Record<string, string>;
  counts?: ReadonlyMap<string, InboxCount>;
  saved?: readonly SavedView[];
}

export function Views({ view, keep = {}, counts, saved = [] }: Props) {
  const { t } = useI18n();
  const { saved: open, ...narrowing } = keep;
  return (
    <nav aria-label={t('inbox.views')}>
      <ul className="plain-list view-list">
        {VIEWS.map((each) => (
          <li key={each}>
            <Link
              to={{ pathname: '/', search: new URLSearchParams({ view: each, ...narrowing }).toString() }}
              aria-current={each === view && !open ? 'page' : undefined}
            >
              {t(`inbox.${each}`)}
              <Count of={counts?.get(each)} />
            </Link>
          </li>
        ))}
        <li>
          <Link to="/approvals" aria-current={view === 'approvals' ? 'page' : undefined}>
            {t('inbox.approvals')}
            {mayDecide(useMe()) && <Waiting />}
          </Link>
        </li>
        {saved.map((each) => (
          <li key={each.inboxViewKey}>
            <Link
              to={{ pathname: '/', search: addressOfSaved(each) }}
              aria-current={each.inboxViewKey === open ? 'page' : undefined}
            >
              <span aria-hidden="true">★ </span>
              {each.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Nothing, while it is not known and where there is nothing. */
function Count({ of }: { of: InboxCount | undefined }) {
  const { language, t } = useI18n();
  if (!of || of.count === 0) return null;
  const n = `${formatNumber(of.count, language)}${of.more ? '+' : ''}`;
  return (
    <span className="badge unread-count">
      <span aria-hidden="true">{n}</span>
      <span className="visually-hidden">{t(of.more ? 'inbox.countMore' : 'inbox.count', { n })}</span>
    </span>
  );
}

/** How many requests wait for this person. */
function Waiting() {
  const { language } = useI18n();
  const { data, reload } = useResource(countToDecide);
  useLive((event) => event.kind === 'process-instance', reload, 3000);
  return data ? <span className="badge warn unread-count">{formatNumber(data, language)}</span> : null;
}
