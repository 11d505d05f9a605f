/** The lists of the inbox: tasks, and the requests that wait for approval. */
import { Link } from 'react-router-dom';
import { countToDecide } from '../../api/interventions';
import { useLive } from '../../api/events';
import type { InboxView } from '../../api/types';
import { mayDecide, useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useResource } from '../../ui/useResource';

export const VIEWS: readonly InboxView[] = ['mine', 'groups', 'toSign', 'delegated', 'overdue', 'dueSoon', 'done'];

/** `keep` is what the address says besides the view: it holds in every view. */
export function Views({ view, keep = {} }: { view: InboxView | 'approvals'; keep?: Record<string, string> }) {
  const { t } = useI18n();
  return (
    <nav aria-label={t('inbox.views')}>
      <ul className="plain-list view-list">
        {VIEWS.map((each) => (
          <li key={each}>
            <Link
              to={{
                pathname: '/',
                search: new URLSearchParams({ view: each, ...keep }).toString(),
              }}
              aria-current={each === view ? 'page' : undefined}
            >
              {t(`inbox.${each}`)}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/approvals" aria-current={view === 'approvals' ? 'page' : undefined}>
            {t('inbox.approvals')}
            {mayDecide(useMe()) && <Waiting />}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

/** How many requests wait for this person. */
function Waiting() {
  const { language } = useI18n();
  const { data, reload } = useResource(countToDecide);
  useLive((event) => event.kind === 'process-instance', reload, 3000);
  return data ? <span className="badge warn unread-count">{formatNumber(data, language)}</span> : null;
}
