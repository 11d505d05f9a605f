/** Requests that wait for a second person: what will happen, who wants it and why, and what one may do about it. */
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { approve, reject, withdraw } from '../api/interventions';
import { problemText } from '../api/problem';
import type { Intervention } from '../api/types';
import { mayOwn, useMe } from '../app/session';
import { formatMoment, localDigits } from '../dates/format';
import { useI18n } from '../i18n';
import { useAnnounce } from '../ui/Announcer';
import { Button } from '../ui/Button';
import { usePersonName } from '../ui/names';
import './interventions.css';
import { ReasonDialog } from './ReasonDialog';

interface Props {
  items: readonly Intervention[];
  /** on the page of the case itself the case is not named again */
  ofCase?: boolean;
  reload: () => void;
}

export function Interventions({ items, ofCase = false, reload }: Props) {
  return (
    <ul className="plain-list interventions">
      {items.map((item) => (
        <li key={item.interventionKey}>
          <Item item={item} ofCase={ofCase} reload={reload} />
        </li>
      ))}
    </ul>
  );
}

function Item({ item, ofCase, reload }: { item: Intervention; ofCase: boolean; reload: () => void }) {
  const { language, pick, t } = useI18n();
  const actor = usePersonName(item.requestedBy);
  const person = usePersonName(item.onBehalfOf);
  const name = item.onBehalfOf ? t('common.onBehalfOf', { actor, person }) : actor;
  const will = useWhatWillHappen(item);
  return (
    <>
      {!ofCase && (
        <div>
          <Link to={`/cases/${item.processInstanceKey}`}>
            {t('inbox.case', { id: item.businessId ?? item.processInstanceKey })}
          </Link>{' '}
          <span className="muted">{pick(item.processName.th, item.processName.en) || item.processDefinitionId}</span>
        </div>
      )}
      <div>
        <strong>{t('intervention.will')}:</strong> {will}
      </div>
      <div className="intervention-reason">{t('intervention.reason', { text: item.reason })}</div>
      <div className="muted small">
        {t('intervention.asked', { name, date: formatMoment(item.requestDate, language) })}
      </div>
      <div className="row intervention-row">
        {item.kind === 'waive' && <Link to={`/tasks/${item.elementInstanceKey}`}>{t('intervention.openTask')}</Link>}
        <Decide item={item} will={will} reload={reload} />
      </div>
    </>
  );
}

/** In words, what approving the request does. */
function useWhatWillHappen(item: Intervention): string {
  const { language, pick, t } = useI18n();
  return t(`intervention.will.${item.kind}`, {
    about: localDigits(pick(item.about.th, item.about.en), language),
    date: item.request.due_at ? formatMoment(item.request.due_at, language) : '',
  });
}

/** Approve or reject for who may, other than who asked; withdraw for who asked. The server has the last word. */
function Decide({ item, will, reload }: { item: Intervention; will: string; reload: () => void }) {
  const { language, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const key = item.interventionKey;

  async function takeBack() {
    try {
      await withdraw(key);
      announce(t('intervention.withdrawn'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
    reload();
  }

  if (item.requestedBy === me.username) {
    return (
      <Button small aria-label={`${t('intervention.withdraw')}: ${will}`} onPress={() => void takeBack()}>
        {t('intervention.withdraw')}
      </Button>
    );
  }
  if (!mayOwn(me, item.processDefinitionId) || item.onBehalfOf === me.username) return null;
  return (
    <>
      <Button
        small
        kind="primary"
        aria-label={`${t('intervention.approve')}: ${will}`}
        onPress={() => setOpen('approve')}
      >
        {t('intervention.approve')}
      </Button>
      <Button small aria-label={`${t('intervention.reject')}: ${will}`} onPress={() => setOpen('reject')}>
        {t('intervention.reject')}
      </Button>
      {open && (
        <ReasonDialog
          title={t(`intervention.${open}`)}
          hint={t(`intervention.${open}Hint`)}
          action={t(`intervention.${open}`)}
          label={t(open === 'approve' ? 'intervention.note' : 'reason.label')}
          optional={open === 'approve'}
          onSubmit={async (note) => {
            await (open === 'approve' ? approve(key, note || null) : reject(key, note));
            announce(t(open === 'approve' ? 'intervention.approved' : 'intervention.rejected'));
            reload();
          }}
          onClose={() => setOpen(null)}
        >
          <p>{will}</p>
        </ReasonDialog>
      )}
    </>
  );
}
