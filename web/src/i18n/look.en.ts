/** English words of the header, its menus, and how the application looks. */
import type { lookTh } from './look.th';

export const lookEn: Record<keyof typeof lookTh, string> = {
  'look.title': 'Display',
  'look.hint': 'It takes effect at once, and your account and this browser remember it.',
  'look.notKept': 'Your account could not keep the display; this browser remembers it.',
  'look.theme': 'Colours of the screen',
  'look.theme.system': 'As on your computer',
  'look.theme.light': 'Light',
  'look.theme.dark': 'Dark',
  'look.theme.contrast': 'High contrast',
  'look.textSize': 'Size of letters',
  'look.still': 'Reduce motion',
  'look.done': 'Done',
  'look.usual': 'Use the defaults',
  'menu.open': 'Menu',
  'menu.close': 'Close the menu',
  'menu.unread': 'There are new notifications',
  'menu.work': 'Work',
  'menu.oversight': 'Cases and oversight',
  'menu.processes': 'Processes',
  'menu.administration': 'Administration',
};
