/** The tokens and programs of every account: found by account and state, revoked. */
import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { searchKeys, type ApiKey } from '../../api/accounts';
import { now } from '../../dates/clock';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { usePersonName } from '../../ui/names';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { usePages } from '../../ui/usePages';
import { Parts } from '../people/Parts';
import '../people/people.css';
import { KeyLine } from '../person/KeyLine';

const PAGE = 50;
type State = '' | 'valid' | 'over';

export default function KeysPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const username = params.get('account') ?? '';
  const asked = params.get('state');
  const state: State = asked === 'valid' || asked === 'over' ? asked : '';
  const change = useCallback(
    (next: { account: string; state: State }) =>
      setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace: true }),
    [setParams],
  );
  const found = usePages<ApiKey>(
    useCallback(
      (page, signal) => {
        const valid = state === '' ? null : state === 'valid';
        return searchKeys({ username, valid }, new Date(now()).toISOString(), page, signal);
      },
      [username, state],
    ),
    PAGE,
  );
  return (
    <>
      <PageTitle>{t('accounts.keysTitle')}</PageTitle>
      <Parts />
      <p className="muted">{t('accounts.keysWhat')}</p>
      <search className="people-filters">
        <SearchBox
          label={t('accounts.keysOf')}
          hint={t('accounts.keysOfHint')}
          value={username}
          onSearch={(account) => change({ account, state })}
        />
        <Choice<State>
          label={t('accounts.keysState')}
          value={state}
          options={[
            { value: '', label: t('accounts.any') },
            { value: 'valid', label: t('accounts.keysValid') },
            { value: 'over', label: t('accounts.keysOver') },
          ]}
          onChange={(next) => change({ account: username, state: next })}
        />
      </search>
      <Paged list={found} empty={t('accounts.keysNone')}>
        {(items) => (
          <section className="card">
            <ul className="plain-list entries" aria-label={t('accounts.keysTitle')}>
              {items.map((item) => (
                <li key={item.apiKeyId}>
                  <Of username={item.username} />
                  <KeyLine
                    item={{ ...item, id: item.apiKeyId, kind: item.kind === 'TOKEN' ? 'token' : 'client' }}
                    reload={found.reload}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
      </Paged>
    </>
  );
}

function Of({ username }: { username: string }) {
  const name = usePersonName(username);
  return <Link to={`/people/accounts/${encodeURIComponent(username)}`}>{name}</Link>;
}
