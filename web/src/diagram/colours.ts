/** The colours of a drawing: those of the page's theme, for everything that its author gave no colour of its own. */
export const COLOURS = {
  defaultFillColor: 'var(--surface)',
  defaultStrokeColor: 'var(--ink)',
  defaultLabelColor: 'var(--ink)',
};
