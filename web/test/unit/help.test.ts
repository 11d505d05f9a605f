import { describe, expect, it } from 'vitest';
import { MENU, SECTIONS } from '../../src/app/navigation';
import { helpIds, helpOf, loadHelp } from '../../src/help/texts';

describe('help texts', () => {
  const places = [...SECTIONS.flatMap((section) => section.places), ...MENU].map(({ to }) => to);
  it.each(places)('%s has one of its own, in both languages', async (to) => {
    const id = helpOf(to);
    expect(id).not.toBe('general');
    expect(await loadHelp(id, 'th')).toMatch(/^# [^\n]*[ก-๙]/);
    expect(await loadHelp(id, 'en')).toMatch(/^# [A-Z]/);
  });

  it('are there in both languages, or in neither', () => {
    expect(helpIds('th').toSorted()).toEqual(helpIds('en').toSorted());
  });

  it('know pages under others', () => {
    expect(helpOf('/cases/7')).toBe('case');
    expect(helpOf('/cases')).toBe('cases');
    expect(helpOf('/workbench/compare')).toBe('compare');
    expect(helpOf('/workbench/drafts/7')).toBe('workbench');
    expect(helpOf('/nowhere')).toBe('general');
  });
});
