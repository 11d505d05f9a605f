import { useState } from 'react';
import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { useAnnounce } from './Announcer';

/**
 * Does something and says how it went, to everybody. `act` resolves to whether it was done; while it is being done,
 * `working` is true.
 */
export function useAct(): { working: boolean; act: (what: () => Promise<string>) => Promise<boolean> } {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [working, setWorking] = useState(false);

  async function act(what: () => Promise<string>): Promise<boolean> {
    setWorking(true);
    try {
      announce(await what());
      return true;
    } catch (error) {
      announce(problemText(error, language, t));
      return false;
    } finally {
      setWorking(false);
    }
  }

  return { working, act };
}
