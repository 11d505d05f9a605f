/** What the search found as an event log for process mining. */
import { useState } from 'react';
import { EVENT_LOGS, exportEvents, type CaseSearch } from '../../api/caseSearch';
import { saveFile } from '../../api/save';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';

export function EventLogs({ search }: { search: CaseSearch }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [format, setFormat] = useState<keyof typeof EVENT_LOGS>('xes');
  const [named, setNamed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function save() {
    setBusy(true);
    setError(null);
    try {
      saveFile(await exportEvents(search, { format, named, language }), `cases.${EVENT_LOGS[format]}`);
      announce(t('auditing.log.saved'));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  return (
    <details className="event-logs">
      <summary>{t('auditing.log')}</summary>
      <p className="muted">{t('auditing.log.hint')}</p>
      <div className="search-buttons">
        <Choice
          label={t('auditing.log.format')}
          value={format}
          options={(Object.keys(EVENT_LOGS) as (keyof typeof EVENT_LOGS)[]).map((value) => ({
            value,
            label: t(`auditing.log.format.${value}`),
          }))}
          onChange={setFormat}
        />
        <Check label={t('auditing.log.names')} selected={named} onChange={setNamed} />
        <Button onPress={() => void save()} isDisabled={busy}>
          {busy ? t('common.loading') : t('auditing.log.save')}
        </Button>
      </div>
      {Boolean(error) && <Failure error={error} />}
    </details>
  );
}
