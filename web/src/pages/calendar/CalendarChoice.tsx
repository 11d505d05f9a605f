import { getUnits } from '../../api/directory';
import { ORGANISATION } from '../../api/officeCalendar';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { useResource } from '../../ui/useResource';

/** The organisation's calendar, or that of a unit. */
export function CalendarChoice({ calendar, onChange }: { calendar: string; onChange: (calendar: string) => void }) {
  const { pick, t } = useI18n();
  const { data } = useResource(getUnits);
  const units = (data ?? []).map((unit) => ({ value: unit.groupId, label: pick(unit.name, unit.nameEn) }));
  return (
    <div className="narrow-form">
      <Choice
        label={t('office.calendar')}
        value={calendar}
        options={[{ value: ORGANISATION, label: t('office.organisation') }, ...units]}
        onChange={onChange}
      />
    </div>
  );
}
