/** Nothing is published, taken away or tried without what is on the screen. */
export const NOT_SAVED = {
  type: 'about:blank',
  title: '',
  status: 0,
  code: 'draft-not-saved',
  detail: '',
  instance: '',
};
