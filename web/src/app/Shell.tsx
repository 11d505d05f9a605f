/** What surrounds every page: skip link, menu, language, account; the sign-in page stands in for all others to nobody. */
import { Suspense, useState } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { problemText } from '../api/problem';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Loading } from '../ui/Loading';
import { ActingBanner, ActingSwitch } from './Acting';
import { AppearanceDialog } from './AppearanceDialog';
import { Help } from './Help';
import { MainMenu } from './MainMenu';
import { mustActFirst, useSession } from './session';
import './shell.css';
import { useOwnSettings } from './useOwnSettings';
import { UserMenu } from './UserMenu';

export const ACCOUNT = '/account';

export function Shell() {
  const { t } = useI18n();
  const { state } = useSession();
  const navigate = useNavigate();
  const absent = state.kind === 'person' ? state.me.onBehalfOf : null;
  const mayWork = state.kind === 'person' && !mustActFirst(state.me);
  const settings = useOwnSettings(mayWork ? state.me.username : null);
  return (
    <RouterProvider navigate={(to) => void navigate(to)}>
      <a className="skip-link" href="#content">
        {t('app.skip')}
      </a>
      <header className="header">
        <div className="header-row">
          <Link to="/" className="brand">
            <img src="/favicon.svg" alt="" width="28" height="28" />
            <span className="brand-name">{t('app.name')}</span>
          </Link>
          {mayWork && <MainMenu me={state.me} />}
          <div className="header-end">
            <LanguageSwitch />
            {mayWork && <Help me={state.me} settings={settings} />}
            {mayWork && <ActingSwitch me={state.me} />}
            {state.kind === 'person' ? <UserMenu me={state.me} /> : <AppearanceButton />}
          </div>
        </div>
      </header>
      {absent && <ActingBanner absent={absent} />}
      <main id="content" className="content" tabIndex={-1}>
        {/* nothing that was read in one name is shown in another */}
        <Suspense key={absent} fallback={<Loading />}>
          <Gate />
        </Suspense>
      </main>
    </RouterProvider>
  );
}

function LanguageSwitch() {
  const { language, setLanguage, t } = useI18n();
  const other = language === 'th' ? 'en' : 'th';
  return (
    <Button kind="quiet" lang={other} onPress={() => setLanguage(other)}>
      {t('app.language')}
    </Button>
  );
}

/** For who is not signed in and has no menu of an account. */
function AppearanceButton() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)} aria-haspopup="dialog">
        {t('look.title')}
      </Button>
      {open && <AppearanceDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** Sends people without a session to the sign-in page and back to where they wanted to go. */
function Gate() {
  const { language, t } = useI18n();
  const { state } = useSession();
  const location = useLocation();
  const signingIn = location.pathname === '/signin';
  switch (state.kind) {
    case 'unknown':
      return <Loading />;
    case 'failed':
      return (
        <div className="notice" role="alert">
          <p>{problemText(state.error, language, t)}</p>
          <Button onPress={() => window.location.reload()}>{t('common.retry')}</Button>
        </div>
      );
    case 'nobody':
      return signingIn ? <Outlet /> : <Navigate to="/signin" replace state={{ from: location }} />;
    case 'person':
      // nothing else is answered before there is a password of one's own, and a second factor
      if (mustActFirst(state.me) && location.pathname !== ACCOUNT) return <Navigate to={ACCOUNT} replace />;
      return signingIn ? <Navigate to={wanted(location.state)} replace /> : <Outlet />;
  }
}

function wanted(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('from' in state)) return '/';
  const from = state.from as { pathname?: string; search?: string };
  return `${from.pathname ?? '/'}${from.search ?? ''}`;
}
