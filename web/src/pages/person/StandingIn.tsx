/** Who stands in for the person, and for whom the person does. */
import { useCallback } from 'react';
import { Link } from 'react-router-dom';
import { entriesOf } from '../../api/substitutions';
import { now } from '../../dates/clock';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { EntryList } from '../substitutes/EntryList';

export function StandingIn({ username }: { username: string }) {
  const { t } = useI18n();
  const found = useResource(
    useCallback((signal: AbortSignal) => entriesOf(username, new Date(now()).toISOString(), signal), [username]),
  );
  return (
    <>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && <EntryList items={found.data} forOthers onEnded={found.reload} />}
      <p>
        <Link to="/substitutes">{t('absence.new')}</Link>
      </p>
    </>
  );
}
