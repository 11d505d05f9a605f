/** Enters a holiday, a half day or a day that is worked, or several in a row. */
import { useState } from 'react';
import { addDays, type Source } from '../../api/officeCalendar';
import type { Sessions } from '../../api/types';
import { daysBetween } from '../../dates/day';
import { useI18n } from '../../i18n';
import { DateField } from '../../parts/DateField';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { isWhole, SessionFields } from './SessionFields';
import { SourceFields } from './SourceFields';

type Kind = 'closed' | 'half' | 'worked';
const KINDS: readonly Kind[] = ['closed', 'half', 'worked'];
const MORNING: Sessions = [['08:30', '12:00']];

export function DaysDialog({ calendar, onClose }: { calendar: string; onClose: (done: boolean) => void }) {
  const { t } = useI18n();
  const announce = useAnnounce();
  const [kind, setKind] = useState<Kind>('closed');
  const [first, setFirst] = useState<string | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const [sessions, setSessions] = useState(MORNING);
  const [names, setNames] = useState({ th: '', en: '' });
  const [said, setSaid] = useState<Source>({ source: '', reason: '' });

  async function add() {
    const texts = { th: names.th.trim(), en: names.en.trim() || names.th.trim(), ...said };
    if (first === null || Object.values(texts).some((text) => !text.trim())) return t('common.incomplete');
    if (daysBetween(first, last ?? first) < 1) return t('office.wrongOrder');
    if (kind === 'half' && (sessions.length === 0 || !isWhole(sessions))) return t('office.spansMissing');
    const open = { closed: [], half: sessions, worked: null }[kind];
    const { past } = await addDays({
      calendarId: calendar,
      firstDay: first,
      lastDay: last ?? first,
      sessions: open,
      ...texts,
    });
    announce(t(past ? 'office.addedPast' : 'office.added'));
    return null;
  }

  return (
    <ActionDialog
      title={t('office.add')}
      hint={t('office.moves')}
      submit={t('common.save')}
      act={add}
      onClose={onClose}
    >
      <Choice
        label={t('office.kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`office.kind.${value}`) }))}
        onChange={setKind}
      />
      <DateField id="calendar-first" label={t('office.firstDay')} kind="date" onIso={setFirst} />
      <DateField id="calendar-last" label={t('office.lastDay')} kind="date" onIso={setLast} />
      {kind === 'half' && <SessionFields label={t('office.open')} sessions={sessions} onChange={setSessions} />}
      <TextInput
        label={t('office.nameTh')}
        value={names.th}
        onChange={(th) => setNames({ ...names, th })}
        maxLength={200}
      />
      <TextInput
        label={t('office.nameEn')}
        hint={t('office.nameEnHint')}
        value={names.en}
        onChange={(en) => setNames({ ...names, en })}
        maxLength={200}
      />
      <SourceFields said={said} onChange={setSaid} />
    </ActionDialog>
  );
}
