/**
 * Thai digits typed into a date field. The field reads the digits of its locale, which are Latin ones for entry; a Thai
 * keyboard has ๐ to ๙. Each is handed on as the Latin digit it means.
 */
import { localDigits } from '../dates/format';

const THAI = /^[๐-๙]+$/;

function convert(event: InputEvent): void {
  if (!event.data || !THAI.test(event.data)) return;
  event.preventDefault();
  event.stopPropagation();
  for (const digit of localDigits(event.data, 'en')) {
    const typed = { bubbles: true, cancelable: true, inputType: 'insertText', data: digit };
    // not the event's target: the focus moves on to the next part of the date when one is full
    document.activeElement?.dispatchEvent(new InputEvent('beforeinput', typed));
  }
}

/** A ref for the element around the parts of a date. */
export function thaiDigits(field: HTMLElement | null): (() => void) | undefined {
  field?.addEventListener('beforeinput', convert, { capture: true });
  return field ? () => field.removeEventListener('beforeinput', convert, { capture: true }) : undefined;
}
