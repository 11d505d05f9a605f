/** English words that many pages use. */
import type { commonTh } from './common.th';

export const commonEn: Record<keyof typeof commonTh, string> = {
  'common.add': 'Add',
  'common.copy': 'Copy',
  'common.copied': 'Copied.',
  'common.notCopied': 'It could not be copied. Please mark the text and copy it yourself.',
  'common.save': 'Save',
  'common.saved': 'Saved.',
  'common.change': 'Change',
  'common.try': 'Try it',
  'common.incomplete': 'Please fill in everything.',
  'common.removed': 'Removed.',
  'common.loading': 'Loading',
  'common.retry': 'Try again',
  'common.remove': 'Remove',
  'common.cancel': 'Cancel',
  'common.more': 'Show more',
  'common.yes': 'Yes',
  'common.no': 'No',
  'common.unnamed': 'Unnamed',
  'common.by': 'by {name}',
  'common.system': 'System',
  'common.erased': '(personal data erased)',
  'common.left': '{name} (deactivated)',
  'common.forgotten': 'Erased person ({n})',
  'common.onBehalfOf': '{actor} on behalf of {person}',
};
