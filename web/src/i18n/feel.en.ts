/** English texts about writing expressions. */
export const feelEn = {
  'feel.completions': 'Variables, functions and words that can be used',
  'feel.control': 'Control character',
  'feel.how': 'Type and choose from what is offered, or press Ctrl+Space.',
  'feel.unknown': 'Nothing before this step writes {names}; please check the spelling.',
};
