/** Diagrams, corrections of what a case began with, and the page of notifications, in English. */
import type { readingTh } from './reading.th';

export const readingEn: Record<keyof typeof readingTh, string> = {
  'notifications.title': 'Notifications',
  'notifications.empty': 'No notifications yet',
  'notifications.unread': 'Unread',
  'notifications.markRead': 'Mark as read',
  'notifications.openTask': 'Open the task',
  'correction.title': 'Correct the start data',
  'correction.hint': 'Deadlines that count from these data move with them; the history records the correction.',
  'correction.submit': 'Save the correction',
  'correction.done': 'The start data are corrected.',
  'correction.back': 'Back to the case',
  'correction.noForm': 'This process has no start form.',
  'diagram.label': 'Diagram of {name}',
  'diagram.fit': 'Fit',
  'diagram.zoomIn': 'Zoom in',
  'diagram.zoomOut': 'Zoom out',
  'diagram.failed': 'The diagram cannot be shown.',
};
