/** What is proved of the case: its history verified, in plain words, and the case taken out as evidence. */
import { useState } from 'react';
import { getEvidence, verifyHistory } from '../../api/cases';
import { saveFile } from '../../api/save';
import type { ProcessInstance, Verification } from '../../api/types';
import { mayOwn, useMe } from '../../app/session';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Failure } from '../../ui/Failure';

export function Evidence({ item }: { item: ProcessInstance }) {
  return (
    <>
      <Verify item={item} />
      <Bundle item={item} />
    </>
  );
}

function Verify({ item }: { item: ProcessInstance }) {
  const { t } = useI18n();
  const [found, setFound] = useState<Verification | null>(null);
  const act = useBusy(async () => setFound(await verifyHistory(item.processInstanceKey)));
  return (
    <section className="case-proof" aria-labelledby="verify-title">
      <h2 id="verify-title">{t('auditing.verify')}</h2>
      <Button onPress={act.start} isDisabled={act.busy}>
        {act.busy ? t('common.loading') : t('auditing.verify.start')}
      </Button>
      <div role="status">{found && <Found found={found} />}</div>
      {Boolean(act.error) && <Failure error={act.error} />}
    </section>
  );
}

function Found({ found }: { found: Verification }) {
  const { language, t } = useI18n();
  const number = (n: number) => formatNumber(n, language);
  const { signed } = found;
  const whole = found.valid && (signed === null || signed.agrees);
  return (
    <div className={whole ? 'notice' : 'notice danger'}>
      <p>
        <strong>
          {found.valid
            ? t('auditing.verify.whole', { n: number(found.events) })
            : t('auditing.verify.broken', { n: number(found.firstBadSequence ?? 0) })}
        </strong>
      </p>
      <p>
        {signed === null
          ? t('auditing.verify.unsigned')
          : t(signed.agrees ? 'auditing.verify.signed' : 'auditing.verify.differs', {
              n: number(signed.events),
              number: number(signed.checkpoint),
              date: formatMoment(signed.madeAt, language),
            })}
      </p>
      {found.archive && (
        <p>
          {t('timeline.archived', {
            n: number(found.archive.events),
            number: number(found.archive.archive),
            date: formatMoment(found.archive.madeAt, language),
          })}
        </p>
      )}
      <h3>{t('auditing.verify.checked')}</h3>
      <p>{t('auditing.verify.checkedText')}</p>
      <h3>{t('auditing.verify.proves')}</h3>
      <p>{t('auditing.verify.provesText')}</p>
      <h3>{t('auditing.verify.not')}</h3>
      <p>{t('auditing.verify.notText')}</p>
    </div>
  );
}

function Bundle({ item }: { item: ProcessInstance }) {
  const { language, t } = useI18n();
  const me = useMe();
  const announce = useAnnounce();
  const mayName = me.roles.includes('auditor') || mayOwn(me, item.processDefinitionId);
  const [named, setNamed] = useState(false);
  const key = item.processInstanceKey;
  const act = useBusy(async () => {
    saveFile(await getEvidence(key, { language, named }), `evidence-${key}.zip`);
    announce(t('auditing.bundle.saved'));
  });
  return (
    <section className="case-proof" aria-labelledby="bundle-title">
      <h2 id="bundle-title">{t('auditing.bundle')}</h2>
      <p>{t('auditing.bundle.hint')}</p>
      {mayName && <Check label={t('auditing.bundle.names')} selected={named} onChange={setNamed} />}
      <p className="muted small">{t(named ? 'auditing.bundle.named' : 'auditing.bundle.pseudonyms')}</p>
      <Button onPress={act.start} isDisabled={act.busy}>
        {act.busy ? t('auditing.bundle.making') : t('auditing.bundle.save')}
      </Button>
      {Boolean(act.error) && <Failure error={act.error} />}
    </section>
  );
}

/** Something that takes a while: whether it goes on, and how it failed. */
function useBusy(work: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run() {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, start: () => void run() };
}
