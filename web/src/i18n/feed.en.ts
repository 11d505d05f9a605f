/** English texts about one's calendar feed. */
import type { feedTh } from './feed.th';

export const feedEn: Record<keyof typeof feedTh, string> = {
  'feed.title': 'My calendar',
  'feed.what':
    'See when your tasks are due in the calendar that you use, on your telephone for example. It reads the due dates anew from time to time by itself. Of classified cases it shows the number alone.',
  'feed.on': 'In use',
  'feed.since': 'Address made on {date}',
  'feed.holds': 'Besides the tasks that you have taken, show',
  'feed.groupTasks': 'tasks of your groups that nobody has taken',
  'feed.statutory': 'deadlines set by law, of the cases that you may open',
  'feed.make': 'Make a calendar address',
  'feed.made': 'The calendar address is made.',
  'feed.secret': 'It is shown this once. Whoever has it sees your due dates without signing in: do not hand it on.',
  'feed.open': 'Open in a calendar',
  'feed.replace': 'Make a new address',
  'feed.replaceWhat': 'If others may know the address, make a new one. The old one stops working at once.',
  'feed.revoke': 'Stop using it',
  'feed.revoked': 'Stopped. The address opens nothing any more.',
};
