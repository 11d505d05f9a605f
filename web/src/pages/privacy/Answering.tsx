import { useState } from 'react';
import { erase, saveCopy, type Erasure, type Inquiry } from '../../api/privacy';
import { useI18n } from '../../i18n';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import type { Asked } from './PersonalDataPage';

interface Props {
  asked: Asked;
  inquiry: Inquiry;
  onErased: (done: Erasure) => void;
}

/** What can be done about what was found: a copy of it, and its erasure once the list was looked through. */
export function Answering({ asked, inquiry, onErased }: Props) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState<'copy' | 'erase' | null>(null);
  const [sure, setSure] = useState(false);
  const nothing = inquiry.account === null && inquiry.cases.length === 0 && inquiry.elsewhere.length === 0;
  if (nothing) return null;

  async function act(reason: string) {
    if (asking === 'copy') {
      await saveCopy(asked.whose, reason);
      announce(t('privacy.copied'));
    } else onErased(await erase(asked.whose, asked.openCases, reason));
  }

  return (
    <div className="row">
      <Button onPress={() => setAsking('copy')}>{t('privacy.copy')}</Button>
      <Button onPress={() => setAsking('erase')}>{t('privacy.erase')}</Button>
      {asking && (
        <ReasonDialog
          title={t(`privacy.${asking}`)}
          hint={t(`privacy.${asking}Hint`)}
          action={t(`privacy.${asking}`)}
          missing={asking === 'erase' && !sure ? t('privacy.eraseUnsure') : null}
          onSubmit={act}
          onClose={() => {
            setAsking(null);
            setSure(false);
          }}
        >
          {asking === 'erase' && <Check label={t('privacy.eraseSure')} selected={sure} onChange={setSure} />}
        </ReasonDialog>
      )}
    </div>
  );
}
