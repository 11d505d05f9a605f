import { localDigits } from '../dates/format';
import type { Language } from '../i18n';

/** A size as people read it; `bytes` as programs count them, in powers of 1024. */
export function fileSize(bytes: number, language: Language): string {
  const [number, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  const shown = number >= 10 ? Math.round(number) : Math.max(0.1, Math.round(number * 10) / 10);
  return `${localDigits(String(shown), language)} ${unit}`;
}
