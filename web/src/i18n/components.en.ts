import type { componentsTh } from './components.th';

/** The page of all components, in English. */
export const componentsEn: Record<keyof typeof componentsTh, string> = {
  'components.title': 'Components',
  'components.hint': 'Every component in every state, for those who build and test.',
  'components.openDialog': 'Open the dialog',
  'components.sample': 'Sample text',
  'components.wrong': 'The value is wrong',
  'components.announce': 'Announce',
};
