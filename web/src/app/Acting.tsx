/** In whose name one works: the switch in the header, and the banner while it is another's. */
import { useCallback, useEffect } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useNavigate } from 'react-router-dom';
import { problemText } from '../api/problem';
import { standsInFor } from '../api/substitutions';
import type { Me } from '../api/types';
import { useI18n } from '../i18n';
import { useAnnounce } from '../ui/Announcer';
import { Button } from '../ui/Button';
import { usePersonName, usePersonNames } from '../ui/names';
import { useResource } from '../ui/useResource';
import { useSession } from './session';

const EVENT = 'krabuan:substitutions';
/** Substitutions begin and end by the clock, which announces nothing to this page. */
const EVERY = 120_000;

/** Tells the header that an entry was made or ended. */
export function tellSubstitutions(): void {
  window.dispatchEvent(new Event(EVENT));
}

function useAbsent(username: string): string[] {
  const { data, reload } = useResource(
    useCallback((signal: AbortSignal) => standsInFor(username, signal).catch(() => []), [username]),
  );
  useEffect(() => {
    const timer = setInterval(reload, EVERY);
    window.addEventListener(EVENT, reload);
    return () => {
      clearInterval(timer);
      window.removeEventListener(EVENT, reload);
    };
  }, [reload]);
  return [...new Set((data ?? []).map(({ absent }) => absent))];
}

function useActFor() {
  const { language, t } = useI18n();
  const { actFor } = useSession();
  const announce = useAnnounce();
  const navigate = useNavigate();
  return async (absent: string | null, name: string) => {
    // first away from what only the one of the two may see, also while the list of tasks is still to be loaded
    await navigate('/', { flushSync: true });
    try {
      await actFor(absent);
      announce(absent === null ? t('acting.ended') : t('acting.began', { name }));
    } catch (error) {
      announce(problemText(error, language, t));
    }
  };
}

/** Nothing for who stands in for nobody. */
export function ActingSwitch({ me }: { me: Me }) {
  const { t } = useI18n();
  const absent = useAbsent(me.username);
  const nameOf = usePersonNames(absent);
  const act = useActFor();
  const others = absent.filter((username) => username !== me.onBehalfOf);
  if (others.length === 0) return null;
  return (
    <MenuTrigger>
      <Button kind="quiet">
        <span className="acting-switch">
          <span>{t('acting.switch')}</span> <span aria-hidden="true">▾</span>
        </span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={t('acting.switch')}>
          {others.map((username) => (
            <MenuItem key={username} className="menu-item" onAction={() => void act(username, nameOf(username))}>
              {t('acting.for', { name: nameOf(username) })}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export function ActingBanner({ absent }: { absent: string }) {
  const { t } = useI18n();
  const name = usePersonName(absent);
  const act = useActFor();
  return (
    <aside className="acting-banner row" aria-label={t('acting.banner', { name })}>
      <strong>{t('acting.banner', { name })}</strong>
      <span className="small">{t('acting.hint')}</span>
      <Button small onPress={() => void act(null, '')}>
        {t('acting.oneself')}
      </Button>
    </aside>
  );
}
