/**
 * What the account keeps of how the application looks. A browser that has not got the latest choice takes it over when the
 * person signs in; what is chosen afterwards is kept with the account as well, so that it is the same on every machine.
 */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { getOwnSettings, keepDisplay, type DisplayChoice, type OwnSettings } from '../api/ownSettings';
import { useI18n, type Language } from '../i18n';
import { useAnnounce } from '../ui/Announcer';
import { chooseAppearance, onAppearance, readAppearance, TEXT_SIZES, THEMES, USUAL } from './appearance';
import { keepRev, revHere } from './knownHere';

/** Of the account `username`; null: of nobody. Undefined until they are known. */
export function useOwnSettings(username: string | null): OwnSettings | undefined {
  const { language, setLanguage, t } = useI18n();
  const announce = useAnnounce();
  const appearance = useSyncExternalStore(onAppearance, appearanceText);
  const [found, setFound] = useState<{ of: string; settings: OwnSettings } | null>(null);
  // what of this page the account knows; null: nothing yet
  const kept = useRef<string | null>(null);
  const settings = found?.of === username ? found.settings : undefined;
  const displayed = useRef(language);
  useEffect(() => {
    displayed.current = language;
  }, [language]);

  useEffect(() => {
    kept.current = null;
    if (username === null) return undefined;
    const abort = new AbortController();
    const asked = text(present(displayed.current));
    getOwnSettings(abort.signal).then(
      (answered) => {
        if (abort.signal.aborted) return;
        const { display, rev } = answered;
        const newer = display !== null && rev > revHere(username);
        if (newer) keepRev(username, rev);
        kept.current = newer ? text(display) : asked;
        // what was chosen while the answer was on its way is the latest choice, and is kept after this
        if (newer && text(present(displayed.current)) === asked) take(display, setLanguage);
        setFound({ of: username, settings: answered });
      },
      // the browser's own choice goes on: nothing is lost by that
      () => undefined,
    );
    return () => abort.abort();
  }, [username, setLanguage]);

  useEffect(() => {
    const display = present(language);
    if (!settings || username === null || kept.current === text(display)) return;
    kept.current = text(display);
    keepDisplay(display).then(
      () => keepRev(username, revHere(username) + 1),
      () => announce(t('look.notKept')),
    );
  }, [username, settings, language, appearance, announce, t]);

  return settings;
}

function take({ language, theme, textSize, still }: DisplayChoice, setLanguage: (language: Language) => void): void {
  chooseAppearance({
    theme: THEMES.find((each) => each === theme) ?? USUAL.theme,
    textSize: TEXT_SIZES.find((each) => each === String(textSize)) ?? USUAL.textSize,
    still,
  });
  setLanguage(language === 'en' ? 'en' : 'th');
}

function present(language: Language): DisplayChoice {
  const { theme, textSize, still } = readAppearance();
  return { language, theme, textSize: Number(textSize) as DisplayChoice['textSize'], still };
}

function text({ language, theme, textSize, still }: DisplayChoice): string {
  return [language, theme, textSize, still].join(' ');
}

function appearanceText(): string {
  return JSON.stringify(readAppearance());
}
