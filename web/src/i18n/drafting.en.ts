/** Drafts of a task's form: what is kept where, in English. */
import type { draftingTh } from './drafting.th';

export const draftingEn: Record<keyof typeof draftingTh, string> = {
  'task.draft.saving': 'Saving the draft',
  'task.draft.saved': 'Draft saved in the system at {time}',
  'task.draft.restored': 'This is your draft of {date}.',
  'task.draft.discard': 'Discard the draft',
  'draft.here': 'What you filled in since {time} is kept in this browser and not saved in the system yet.',
  'draft.onlyPage': 'What you filled in since {time} is on this page only. Do not close it.',
  'draft.openedHere': 'This is what you filled in in this browser since {date}.',
  'draft.choice': 'You have two drafts. Choose the one to go on with.',
  'draft.choiceHere': 'The one in this browser was filled in since {date}.',
  'draft.choiceThere': 'The one in the system was saved on {date}, from another page or computer.',
  'draft.choiceGone': 'The one in the system was discarded from another page or computer.',
  'draft.field': 'Field',
  'draft.inBrowser': 'In this browser',
  'draft.onServer': 'In the system',
  'draft.takeHere': 'Use the one in this browser',
  'draft.takeThere': 'Use the one in the system',
  'draft.left': 'What you filled in and is not saved in the system',
  'draft.leftHint':
    'You cannot go on with the form of this task now. What you filled in since {date} is still in this browser; you can copy it.',
  'draft.copy': 'Copy all of it',
  'draft.forget': 'Remove it from this browser',
};
