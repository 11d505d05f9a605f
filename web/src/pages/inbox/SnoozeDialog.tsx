/** Asks until when tasks are put off. */
import { useState } from 'react';
import { now } from '../../dates/clock';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { DateField } from '../../parts/DateField';
import { ActionDialog } from '../../ui/ActionDialog';
import { Choice } from '../../ui/Choice';
import { MORNINGS, morningIn } from './mornings';

interface Props {
  n: number;
  onSnooze: (until: string) => void;
  onClose: () => void;
}

const LONGEST = 366 * 86_400_000;

export function SnoozeDialog({ n, onSnooze, onClose }: Props) {
  const { language, t } = useI18n();
  const [choice, setChoice] = useState<(typeof MORNINGS)[number] | 'other'>('tomorrow');
  const [other, setOther] = useState<string | null>(null);
  const until = choice === 'other' ? other : morningIn(choice, now());
  function missing(): string | null {
    if (until === null) return t('inbox.snooze.missing');
    const ahead = Date.parse(until) - now();
    return ahead > 0 && ahead <= LONGEST ? null : t('inbox.snooze.range');
  }
  return (
    <ActionDialog
      title={t('inbox.do.snooze', { n })}
      hint={t('inbox.snooze.hint')}
      submit={t('inbox.snooze.now')}
      act={() => Promise.resolve(missing())}
      onClose={(agreed) => {
        onClose();
        if (agreed && until !== null) onSnooze(new Date(until).toISOString());
      }}
    >
      <Choice
        label={t('inbox.snooze.until')}
        value={choice}
        options={[
          ...MORNINGS.map((each) => ({
            value: each,
            label: `${t(`inbox.snooze.${each}`)} (${formatMoment(morningIn(each, now()), language)})`,
          })),
          { value: 'other' as const, label: t('inbox.snooze.other') },
        ]}
        onChange={setChoice}
      />
      {choice === 'other' && (
        <DateField id="snooze-until" label={t('inbox.snooze.moment')} kind="datetime" onIso={setOther} />
      )}
    </ActionDialog>
  );
}
