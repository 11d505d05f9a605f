/**
 * Thai by default, English at a click, remembered on this browser. The texts of one language are loaded at first, those of
 * the other when it is chosen.
 */
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { formatNumber } from '../dates/format';
import type { th } from './th';

export type Language = 'th' | 'en';
export type MessageKey = keyof typeof th;
export type Messages = Record<MessageKey, string>;
export type Params = Record<string, string | number>;
export type Translate = (key: MessageKey, params?: Params) => string;

const MESSAGES: Partial<Record<Language, Messages>> = {};
/** Entry of dates: with Thai digits in the locale a date field would refuse the digits of a keyboard. */
const ENTRY_LOCALES: Record<Language, string> = { th: 'th-TH-u-ca-buddhist', en: 'en-GB' };
const STORAGE = 'krabuan.language';

export function translate(language: Language, key: MessageKey, params: Params = {}): string {
  return textOf(language, key).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value, language) : value;
  });
}

/** Whether there is a text of this name; both languages have the same. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(MESSAGES.th ?? MESSAGES.en ?? {}, key);
}

function textOf(language: Language, key: MessageKey): string {
  const texts = MESSAGES[language];
  if (!texts) throw new Error(`the texts in ${language} are not loaded`);
  return texts[key];
}

/** To be waited for before anything is said in a language. */
export async function loadMessages(language: Language): Promise<void> {
  MESSAGES[language] ??= language === 'th' ? (await import('./th')).th : (await import('./en')).en;
}

interface I18n {
  language: Language;
  setLanguage: (language: Language) => void;
  t: Translate;
  /** The text in the present language, or in the other one when that is all there is. */
  pick: (thai: string | null | undefined, english: string | null | undefined) => string;
}

const Context = createContext<I18n | null>(null);

export function useI18n(): I18n {
  const value = use(Context);
  if (!value) throw new Error('useI18n outside LanguageProvider');
  return value;
}

interface ProviderProps {
  children: ReactNode;
  initial?: Language;
  /** Whether the document takes the language over; not so for parts of a page in a React root of their own. */
  follow?: boolean;
}

export function LanguageProvider({ children, initial, follow = true }: ProviderProps) {
  const [language, setState] = useState<Language>(() => initial ?? remembered());
  useEffect(() => {
    if (follow) document.documentElement.lang = language;
  }, [language, follow]);
  const setLanguage = useCallback((next: Language) => {
    const change = () => {
      remember(next);
      setState(next);
    };
    if (MESSAGES[next]) return change();
    // without a connection the page stays as it is, and the button can be pressed again
    loadMessages(next).then(change, () => undefined);
  }, []);
  const value = useMemo<I18n>(
    () => ({
      language,
      setLanguage,
      t: (key, params) => translate(language, key, params),
      pick: (thai, english) => (language === 'th' ? thai || english : english || thai) || '',
    }),
    [language, setLanguage],
  );
  return (
    <Context value={value}>
      <I18nProvider locale={ENTRY_LOCALES[language]}>{children}</I18nProvider>
    </Context>
  );
}

// A browser may forbid storage; then the choice lasts as long as the page.
export function remembered(): Language {
  try {
    return localStorage.getItem(STORAGE) === 'en' ? 'en' : 'th';
  } catch {
    return 'th';
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(STORAGE, language);
  } catch {
    // nothing to do: see above
  }
}
