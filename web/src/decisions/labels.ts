/** Texts of decision tables that hold Thai and English beside each other: `ระดับ | Level`. */
import type { Texts } from '../api/types';
import type { Language } from '../i18n';

export function inLanguage(label: string, language: Language): string {
  const { th, en } = bothOf(label);
  return (language === 'en' && en) || th || en || '';
}

export function bothOf(label: string): Texts {
  const [th = '', ...rest] = label.split('|').map((part) => part.trim());
  return { th: th || null, en: rest.join(' | ') || null };
}

/** The other way round. An English text alone stands alone. */
export function joined({ th, en }: Texts): string {
  return [th, en].flatMap((each) => each?.trim() || []).join(' | ');
}
