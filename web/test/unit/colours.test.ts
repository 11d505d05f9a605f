import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const BASE = 'src/styles/base.css';
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?)\(/gi;

/** The variables that a block of base.css sets to a colour. */
function colours(selector: string): string[] {
  const text = readFileSync(BASE, 'utf8');
  const block = text.slice(text.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return [...block.matchAll(/(--[a-z-]+): (?:#|rgb)/g)].map(([, name]) => name ?? '').toSorted();
}

describe('colours', () => {
  it('are named in base.css alone: a colour elsewhere would be the same in every theme', () => {
    const elsewhere = globSync('src/**/*.css')
      .filter((file) => file !== BASE)
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(COLOUR)].map(([found]) => `${file}: ${found}`));
    expect(elsewhere).toEqual([]);
  });

  it.each(["[data-theme='dark']", "[data-theme='contrast']"])('all have a value of their own in %s', (theme) => {
    // what is printed or sent is on paper in every theme
    expect(colours(theme)).toEqual(colours("[data-theme='light']").filter((name) => name !== '--paper'));
  });
});
