/** Where a form is filled in: the elements of diagrams that show it. */

/** The ids of the elements that show the form, in the order of the diagram. */
export function elementsWith(formId: string, xml: string): string[] {
  const found = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS('*', 'formDefinition');
  return [...found].flatMap((each) => {
    const id = each.getAttribute('formId') === formId && each.parentElement?.parentElement?.getAttribute('id');
    return id || [];
  });
}
