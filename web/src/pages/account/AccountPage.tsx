import { useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { PageTitle } from '../../ui/PageTitle';
import { CalendarFeed } from './CalendarFeed';
import { Notifying } from './Notifying';
import { Password } from './Password';
import { PushAddresses } from './PushAddresses';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';
import './account.css';

/** What opens one's account. Before a password of one's own, and a second factor that is required, there is
 * nothing else. */
export default function AccountPage() {
  const { t } = useI18n();
  const me = useMe();
  if (me.passwordChangeRequired) {
    return (
      <div className="account">
        <PageTitle>{t('account.title')}</PageTitle>
        <p className="notice warn">{t('account.mustChange')}</p>
        <Password />
      </div>
    );
  }
  return (
    <div className="account">
      <PageTitle>{t('account.title')}</PageTitle>
      {me.secondFactorRequired && <p className="notice warn">{t('account.mustEnrol')}</p>}
      {me.hasPassword ? <SecondFactor /> : <p className="notice">{t('account.elsewhere')}</p>}
      {!me.secondFactorRequired && (
        <>
          {me.hasPassword && <Password />}
          <Notifying />
          <PushAddresses />
          <CalendarFeed />
          <Sessions username={me.username} />
          <Tokens username={me.username} />
        </>
      )}
    </div>
  );
}
