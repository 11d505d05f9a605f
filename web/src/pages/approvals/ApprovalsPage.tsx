/** What waits for this person to approve, and what this person has asked for. */
import { useCallback } from 'react';
import { useLive } from '../../api/events';
import { askedBy, toDecide } from '../../api/interventions';
import type { Intervention } from '../../api/types';
import { mayDecide, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { Interventions } from '../../parts/Interventions';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Views } from '../inbox/Views';

export default function ApprovalsPage() {
  const { t } = useI18n();
  const me = useMe();
  const { username } = me;
  const decides = mayDecide(me);
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [waiting, mine] = await Promise.all([decides ? toDecide(signal) : [], askedBy(username, signal)]);
        return { waiting, mine };
      },
      [decides, username],
    ),
  );
  useLive((event) => event.kind === 'process-instance', found.reload);
  return (
    <>
      <PageTitle>{t('approvals.title')}</PageTitle>
      <div className="inbox-tools">
        <Views view="approvals" />
      </div>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <>
          {decides && (
            <List
              id="to-decide"
              title={t('approvals.toDecide')}
              empty={t('approvals.nothing')}
              items={found.data.waiting}
              reload={found.reload}
            />
          )}
          <List
            id="asked"
            title={t('approvals.mine')}
            empty={t('approvals.noneMine')}
            items={found.data.mine}
            reload={found.reload}
          />
        </>
      )}
    </>
  );
}

interface ListProps {
  id: string;
  title: string;
  empty: string;
  items: readonly Intervention[];
  reload: () => void;
}

function List({ id, title, empty, items, reload }: ListProps) {
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {items.length === 0 ? <p className="muted">{empty}</p> : <Interventions items={items} reload={reload} />}
    </section>
  );
}
