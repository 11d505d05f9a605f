/** Who stands in for whom: one's own absence, that of members of one's unit, and for whom one stands in. */
import { useCallback } from 'react';
import { unitsHeaded } from '../../api/directory';
import { entries } from '../../api/substitutions';
import { tellSubstitutions } from '../../app/Acting';
import { isAdministrator, useMe } from '../../app/session';
import { now } from '../../dates/clock';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { AbsenceForm } from './AbsenceForm';
import { EntryList } from './EntryList';

export default function SubstitutesPage() {
  const { t } = useI18n();
  const me = useMe();
  const positions = me.groups.join(' ');
  const acting = me.onBehalfOf !== null;
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        // the groups of who acts for another are the other's
        const [items, headed] = await Promise.all([
          entries(new Date(now()).toISOString(), signal),
          acting ? [] : unitsHeaded(positions ? positions.split(' ') : [], signal),
        ]);
        return { items, headed };
      },
      [acting, positions],
    ),
  );
  const changed = () => {
    found.reload();
    tellSubstitutions();
  };
  return (
    <>
      <PageTitle>{t('absence.title')}</PageTitle>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <>
          {acting ? (
            <p className="notice">{t('absence.asOneself')}</p>
          ) : (
            <AbsenceForm headed={found.data.headed} forOthers={isAdministrator(me)} onEntered={changed} />
          )}
          <EntryList
            items={found.data.items}
            forOthers={isAdministrator(me) || found.data.headed.length > 0}
            onEnded={changed}
          />
        </>
      )}
    </>
  );
}
