import type { togetherTh } from './together.th';

export const togetherEn: Record<keyof typeof togetherTh, string> = {
  'mention.hint': 'Type @ to mention somebody, who is told',
  'mention.people': 'People who may read this case',
  'mention.found': '{n} found; arrows choose, Enter takes one',
  'mention.told': 'Will be told: {names}',
};
