/** A date (and time) as people of the office write it: Buddhist era in Thai; given and told as ISO 8601, Gregorian. */
import type { DateValue } from '@internationalized/date';
import { today } from '@internationalized/date';
import { useState } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput as Segments,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
  Text,
} from 'react-aria-components';
import { formatMoment, ZONE } from '../dates/format';
import { useI18n } from '../i18n';
import './date-input.css';
import { dateOf, isoOf, type DateKind } from './dateValue';
import { thaiDigits } from './thaiDigits';

interface Props {
  id: string;
  label: string;
  description: string;
  kind: DateKind;
  iso: unknown;
  errors: string[];
  required: boolean;
  disabled: boolean;
  readOnly: boolean;
  notPast: boolean;
  onIso: (iso: string | null) => void;
  onBlur: () => void;
}

interface Typed {
  value: DateValue | null;
  /** what the form was told last */
  told: string | null;
  /** what the form gave last */
  given: string | null;
  /** what the form was told and has not given back yet, in order */
  pending: (string | null)[];
}

export function DateInput({ id, label, description, kind, iso, errors, onIso, onBlur, ...field }: Props) {
  const { language, t } = useI18n();
  const given = typeof iso === 'string' ? iso : null;
  // What is being typed stays here; only complete dates are told. The form takes what it is told a moment later: until then
  // it gives what it gave before, or what it was told earlier (`pending`), which must not undo the typing.
  const [typed, setTyped] = useState<Typed>({ value: dateOf(iso, kind), told: given, given, pending: [] });
  const [left, setLeft] = useState(false);
  if (given !== typed.given) {
    const echo = typed.pending.indexOf(given);
    setTyped(
      echo < 0
        ? { value: dateOf(iso, kind), told: given, given, pending: [] }
        : { ...typed, given, pending: typed.pending.slice(echo + 1) },
    );
  }
  const { value } = typed;
  const incomplete = left && value !== null && isoOf(value) === null;

  function change(next: DateValue | null) {
    const told = isoOf(next);
    if (told === typed.told) {
      setTyped({ ...typed, value: next });
      return;
    }
    setTyped({ ...typed, value: next, told, pending: [...typed.pending, told] });
    onIso(told);
  }

  if (field.readOnly) {
    return <ReadOnlyDate id={id} label={label} description={description} value={value} />;
  }
  const messages = incomplete ? [t(language === 'th' ? 'date.buddhistYear' : 'date.year')] : errors;
  return (
    <DatePicker<DateValue>
      className="date-input"
      value={value}
      onChange={change}
      onBlur={() => {
        setLeft(true);
        onBlur();
      }}
      onFocus={() => setLeft(false)}
      granularity={kind === 'datetime' ? 'minute' : 'day'}
      hourCycle={24}
      shouldForceLeadingZeros={false}
      isRequired={field.required}
      isDisabled={field.disabled}
      isInvalid={messages.length > 0}
      validationBehavior="aria"
      {...(field.notPast && { minValue: today(ZONE) })}
    >
      <Label className="fjs-form-field-label">
        {label}
        {field.required && (
          <span className="fjs-asterix" aria-hidden="true">
            *
          </span>
        )}
      </Label>
      <Group className="date-group" id={id} ref={thaiDigits}>
        <Segments className="date-segments">
          {(segment) => <DateSegment segment={segment} className="date-segment" />}
        </Segments>
        <Button className="date-button" aria-label={t('date.open')}>
          <CalendarIcon />
        </Button>
      </Group>
      {description && (
        <Text slot="description" className="fjs-form-field-description">
          {description}
        </Text>
      )}
      <FieldError className="fjs-form-field-error">{messages.join(' ')}</FieldError>
      <Popover className="popover">
        <Dialog className="date-dialog">
          <MonthView />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

/** Not to be changed: written as people write it, with Thai digits. */
function ReadOnlyDate({
  id,
  label,
  description,
  value,
}: Pick<Props, 'id' | 'label' | 'description'> & { value: DateValue | null }) {
  const { language } = useI18n();
  const style = value && 'hour' in value ? 'dateTime' : 'date';
  return (
    <>
      <label className="fjs-form-field-label" htmlFor={id}>
        {label}
      </label>
      <input
        className="fjs-input"
        type="text"
        id={id}
        readOnly
        value={value ? formatMoment(value.toDate(ZONE).getTime(), language, style) : ''}
      />
      {description && <div className="fjs-form-field-description">{description}</div>}
    </>
  );
}

function MonthView() {
  return (
    <Calendar>
      <div className="row date-header">
        <Button slot="previous" className="date-button">
          ‹
        </Button>
        <Heading className="date-heading" />
        <Button slot="next" className="date-button">
          ›
        </Button>
      </div>
      <CalendarGrid className="date-grid">
        <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className="date-cell" />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}

function CalendarIcon() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <rect x="2.5" y="4" width="15" height="13.5" rx="2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M2.5 8.5h15M6.5 2v4M13.5 2v4" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  );
}
