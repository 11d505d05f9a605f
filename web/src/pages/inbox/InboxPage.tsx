import { Link, useSearchParams } from 'react-router-dom';
import type { InboxView } from '../../api/types';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { TaskTable } from './TaskTable';
import { useInbox } from './useInbox';
import { Views, VIEWS } from './Views';

export default function InboxPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find((each) => each === params.get('view')) ?? 'mine';
  const text = params.get('q') ?? '';
  const inbox = useInbox({ view, text });

  return (
    <>
      <PageTitle>{t('inbox.title')}</PageTitle>
      <div className="inbox-tools">
        <Views view={view} text={text} />
        <SearchBox
          label={t('inbox.search')}
          hint={t('inbox.searchHint')}
          value={text}
          onSearch={(q) => setParams(q ? { view, q } : { view }, { replace: true })}
        />
      </div>
      {Boolean(inbox.error) && <Failure error={inbox.error} retry={inbox.reload} />}
      {!inbox.list && !inbox.error && <Loading />}
      {inbox.list && (
        <>
          <div role="status">
            {inbox.list.fresh > 0 && (
              <p className="notice inbox-fresh">
                {t('inbox.fresh', { n: inbox.list.fresh })}{' '}
                <Button small onPress={inbox.reload}>
                  {t('inbox.showFresh')}
                </Button>
              </p>
            )}
          </div>
          {inbox.list.rows.length === 0 ? (
            <Empty view={view} searching={text !== ''} />
          ) : (
            <TaskTable view={view} rows={inbox.list.rows} onUpdate={inbox.update} />
          )}
          {inbox.list.cursor && (
            <Button onPress={inbox.loadMore} isDisabled={inbox.loadingMore}>
              {inbox.loadingMore ? t('common.loading') : t('common.more')}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function Empty({ view, searching }: { view: InboxView; searching: boolean }) {
  const { t } = useI18n();
  return (
    <div className="card">
      <p>{t(searching ? 'inbox.emptySearch' : 'inbox.empty')}</p>
      {view === 'mine' && !searching && <Link to="/?view=groups">{t('inbox.seeGroups')}</Link>}
    </div>
  );
}
