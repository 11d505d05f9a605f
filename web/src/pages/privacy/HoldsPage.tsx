/** Legal holds: the cases that nobody may delete; placed and ended with a reason. */
import { useCallback, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { casesOf, endHold, HOLD_STATES, placeHold, searchHolds, type Hold, type HoldState } from '../../api/privacy';
import { mayDecide, useMe } from '../../app/session';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { usePersonName } from '../../ui/names';
import { Paged } from '../../ui/Paged';
import { PageTitle } from '../../ui/PageTitle';
import { usePages } from '../../ui/usePages';
import { Parts } from './Parts';
import './privacy.css';

const PAGE = 50;

export default function HoldsPage() {
  const { t } = useI18n();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const state = HOLD_STATES.find((each) => each === params.get('state')) ?? null;
  const [placing, setPlacing] = useState(false);
  const found = usePages<Hold>(
    useCallback((page, signal) => searchHolds(state, page, signal), [state]),
    PAGE,
  );
  return (
    <>
      <PageTitle>{t('privacy.nav')}</PageTitle>
      <Parts />
      <p className="muted">{t('privacy.holdsWhat')}</p>
      <div className="narrow-form">
        <Choice<HoldState | ''>
          label={t('privacy.state')}
          value={state ?? ''}
          options={[
            { value: '', label: t('privacy.all') },
            ...HOLD_STATES.map((value) => ({ value, label: t(`privacy.state.${value}`) })),
          ]}
          onChange={(next) => setParams(next ? { state: next } : {}, { replace: true })}
        />
      </div>
      {mayDecide(me) && (
        <p>
          <Button kind="primary" onPress={() => setPlacing(true)}>
            {t('privacy.place')}
          </Button>
        </p>
      )}
      <Paged list={found} empty={t('privacy.noHolds')}>
        {(items) => (
          <ul className="plain-list entries holds" aria-label={t('privacy.holdList')}>
            {items.map((hold) => (
              <li key={hold.legalHoldKey}>
                <Line hold={hold} mayEnd={mayDecide(me)} reload={found.reload} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
      {placing && <PlaceDialog onClose={() => setPlacing(false)} onPlaced={found.reload} />}
    </>
  );
}

function Line({ hold, mayEnd, reload }: { hold: Hold; mayEnd: boolean; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const { processInstanceKey: key, state, reason, endReason, endDate } = hold;
  const placedBy = usePersonName(hold.placedBy);
  const endedBy = usePersonName(hold.endedBy);
  return (
    <>
      <div className="row">
        <span className={state === 'HOLDS' ? 'badge warn' : 'badge'}>{t(`privacy.state.${state}`)}</span>
        <Link to={`/cases/${key}`}>{t('logbook.case', { key })}</Link>
        <span className="muted small">{hold.processDefinitionId}</span>
      </div>
      <div>{reason}</div>
      <div className="muted small">
        {t('privacy.by', { name: placedBy, date: formatMoment(hold.startDate, language) })}
      </div>
      {endDate && (
        <div className="muted small">
          {t('privacy.endedBy', { name: endedBy, date: formatMoment(endDate, language) })}: {endReason}
        </div>
      )}
      {mayEnd && state === 'HOLDS' && (
        <Button small aria-label={`${t('privacy.end')}: ${key}`} onPress={() => setAsking(true)}>
          {t('privacy.end')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t('privacy.end')}
          hint={t('privacy.endHint')}
          action={t('privacy.end')}
          onSubmit={async (why) => {
            await endHold(hold.legalHoldKey, why);
            announce(t('privacy.ended'));
            reload();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function PlaceDialog({ onClose, onPlaced }: { onClose: () => void; onPlaced: () => void }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [number, setNumber] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);

  async function place(reason: string) {
    const [key, other] = await casesOf(number.trim());
    setWrong(key === undefined ? t('privacy.noCase') : other === undefined ? null : t('privacy.manyCases'));
    if (key === undefined || other !== undefined) return false;
    await placeHold(key, reason);
    announce(t('privacy.placed'));
    onPlaced();
    return true;
  }

  return (
    <ReasonDialog
      title={t('privacy.place')}
      hint={t('privacy.placeHint')}
      action={t('privacy.place')}
      missing={number.trim() ? null : t('common.incomplete')}
      onSubmit={place}
      onClose={onClose}
    >
      <TextInput label={t('privacy.number')} value={number} onChange={setNumber} error={wrong} maxLength={256} />
    </ReasonDialog>
  );
}
