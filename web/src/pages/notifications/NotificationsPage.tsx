import { useCallback, useState } from 'react';
import { Link } from 'react-router-dom';
import { useLive } from '../../api/events';
import { markRead, searchNotifications } from '../../api/notifications';
import { problemText } from '../../api/problem';
import type { Notification } from '../../api/types';
import { formatMoment, withReadableMoments } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Empty } from '../../ui/Empty';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import './notifications.css';

const PAGE = 50;

/** The latest notifications; more of them when asked for. */
export default function NotificationsPage() {
  const { t } = useI18n();
  const [limit, setLimit] = useState(PAGE);
  const found = useResource(
    useCallback((signal: AbortSignal) => searchNotifications({ unread: false, limit }, signal), [limit]),
  );
  useLive((event) => event.kind === 'notification', found.reload);
  return (
    <>
      <PageTitle>{t('notifications.title')}</PageTitle>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.items.length === 0 && (
        <Empty title={t('notifications.empty')} hint={t('empty.notifications')}>
          <Link to="/account">{t('empty.choose')}</Link>
        </Empty>
      )}
      <ul className="plain-list">
        {found.data?.items.map((notification) => (
          <li key={notification.notificationKey} className={`card notification ${notification.readAt ? '' : 'unread'}`}>
            <Item notification={notification} reload={found.reload} />
          </li>
        ))}
      </ul>
      {found.data && found.data.items.length >= limit && (
        <Button onPress={() => setLimit(limit + PAGE)}>{t('common.more')}</Button>
      )}
    </>
  );
}

function Item({ notification, reload }: { notification: Notification; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const { processInstanceKey, userTaskKey, readAt } = notification;
  const [subject, body] =
    language === 'en' ? [notification.subjectEn, notification.bodyEn] : [notification.subject, notification.body];

  async function read() {
    try {
      await markRead(notification.notificationKey);
      reload();
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }

  return (
    <>
      <div className="row">
        {!readAt && <span className="badge warn">{t('notifications.unread')}</span>}
        <span className="muted small">{formatMoment(notification.createdAt, language)}</span>
      </div>
      <h2>{subject}</h2>
      <p className="notification-body">{withReadableMoments(body, language)}</p>
      <div className="row">
        {userTaskKey && <Link to={`/tasks/${userTaskKey}`}>{t('notifications.openTask')}</Link>}
        {processInstanceKey && (
          <Link to={`/cases/${processInstanceKey}`}>
            {t('inbox.case', { id: notification.businessId ?? processInstanceKey })}
          </Link>
        )}
        {!readAt && (
          <Button small onPress={() => void read()} aria-label={`${t('notifications.markRead')}: ${subject}`}>
            {t('notifications.markRead')}
          </Button>
        )}
      </div>
    </>
  );
}
