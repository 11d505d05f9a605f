/** What a list says that has nothing in it: why, and what to do. */
import { Link } from 'react-router-dom';
import type { InboxQuery } from '../../api/inbox';
import { useI18n } from '../../i18n';
import { chosen } from './filters';

export function Empty({ query }: { query: InboxQuery }) {
  const { t } = useI18n();
  const narrowed = chosen(query) > 0;
  if (narrowed || query.text !== '') {
    return (
      <div className="card">
        <p>{t(narrowed ? 'inbox.emptyFilter' : 'inbox.emptySearch')}</p>
      </div>
    );
  }
  return (
    <div className="card">
      <p>{t('inbox.empty')}</p>
      <p className="muted">{t(`inbox.teach.${query.view}`)}</p>
      {query.view === 'mine' && <Link to="/?view=groups">{t('inbox.seeGroups')}</Link>}
    </div>
  );
}
