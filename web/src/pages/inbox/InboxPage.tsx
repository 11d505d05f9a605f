import { useCallback, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { getViews } from '../../api/inboxViews';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { useResource } from '../../ui/useResource';
import './inbox.css';
import { FilterBar } from './FilterBar';
import { addressOf, displayOf, queryOf, viewOf, type Changes } from './filters';
import { SavedBar } from './SavedBar';
import { TaskList } from './TaskList';
import { useCounts } from './useCounts';
import { Views } from './Views';

export default function InboxPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const view = viewOf(params);
  const query = queryOf(view, params);
  const display = displayOf(params);
  const { counts, reload: recount } = useCounts();
  const saved = useResource(useCallback((signal: AbortSignal) => getViews(signal), []));
  const open = saved.data?.find(({ inboxViewKey }) => inboxViewKey === params.get('saved'));
  const change = (changes: Changes) => setParams({ view, ...addressOf(params, changes) }, { replace: true });
  const tools = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageTitle>{t('inbox.title')}</PageTitle>
      <div className="inbox-tools" ref={tools}>
        <Views view={view} keep={addressOf(params)} counts={counts} saved={saved.data ?? []} />
        <SearchBox
          key={open?.inboxViewKey ?? ''}
          label={t('inbox.search')}
          hint={t('inbox.searchHint')}
          value={query.text}
          onSearch={(q) => change({ q })}
        />
      </div>
      <FilterBar key={`filters ${open?.inboxViewKey ?? ''}`} query={query} onChange={change} />
      {Boolean(saved.error) && <Failure error={saved.error} retry={saved.reload} />}
      <SavedBar
        query={query}
        display={display}
        open={open}
        onChange={change}
        onSaved={(key) => {
          saved.reload();
          change({ saved: key ?? '' });
        }}
      />
      <TaskList
        query={query}
        display={display}
        onSearch={() => tools.current?.querySelector<HTMLInputElement>('input[type=search]')?.focus()}
        onWorked={recount}
      />
    </>
  );
}
