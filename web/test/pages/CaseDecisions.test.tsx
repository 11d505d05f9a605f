import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Decisions } from '../../src/pages/case/decisions/Decisions';
import { inLanguage } from '../../src/decisions/labels';
import { tableOf } from '../../src/pages/case/decisions/table';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

const place = { pattern: '/', at: '/', language: 'en' } as const;
const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="level">
  <decisionTable hitPolicy="FIRST">
    <input id="i" label="จำนวน | Amount"><inputExpression><text>amount</text></inputExpression></input>
    <output id="o" label="ระดับ | Level" name="level"/>
    <rule id="r1"><description>มาก | Much</description><inputEntry><text>&gt;= 10</text></inputEntry>
      <outputEntry><text>"high"</text></outputEntry></rule>
    <rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text>lower(amount)</text></outputEntry></rule>
  </decisionTable></decision><decision id="plain"/></definitions>`;
const decided = {
  decisionEvaluationInstanceKey: '5-1',
  decisionDefinitionId: 'level',
  decisionDefinitionKey: '8',
  decisionDefinitionName: 'ระดับความเสี่ยง | Level of risk',
  decisionDefinitionVersion: 3,
  evaluationDate: '2026-04-10T09:00:00.000Z',
  evaluationFailure: null,
  result: '"low"',
};
const inFull = {
  ...decided,
  evaluatedInputs: [{ inputId: 'i', inputName: 'จำนวน | Amount', inputValue: '4' }],
  matchedRules: [
    { ruleId: 'r2', ruleIndex: 2, evaluatedOutputs: [{ outputId: 'o', outputName: 'level', outputValue: '"low"' }] },
  ],
};

function shown(routes: Routes = {}) {
  const calls = serve({
    'GET /authentication/me': me,
    'POST /decision-instances/search': page([decided]),
    'GET /decision-instances/5-1': inFull,
    'GET /decision-definitions/8/xml': dmn,
    ...routes,
  });
  return { calls, ...renderPage(<Decisions instance="300" />, place) };
}

describe('what was decided in a case', () => {
  it('is shown on the table of that version, the matched rule marked', async () => {
    const { calls, container, user } = shown();
    await user.click(await screen.findByText('Level of risk'));
    const table = await screen.findByRole('table');
    const [head, first, second] = within(table).getAllByRole('row');
    expect(within(head as HTMLElement).getByText('Amount')).toBeTruthy();
    expect(first?.textContent).toContain('Much');
    expect(first?.textContent).not.toContain('matched');
    expect(second?.textContent).toContain('✓ matched');
    expect(second?.textContent).toContain('any');
    expect(second?.textContent).toContain('= "low"');
    expect(screen.getByText('Input: Amount')).toBeTruthy();
    expect(calls.find(({ path }) => path.includes('search'))?.body).toMatchObject({
      filter: { processInstanceKey: '300' },
    });
    await expectAccessible(container);
  });

  it('asks for a table only when it is opened, and says what failed', async () => {
    const { calls, user } = shown({ 'GET /decision-definitions/8/xml': problem(404, { en: 'Gone', th: 'ไม่พบ' }) });
    const summary = await screen.findByText('Level of risk');
    expect(calls.some(({ path }) => path.startsWith('/decision-definitions'))).toBe(false);
    await user.click(summary);
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it('says that there is none', async () => {
    shown({ 'POST /decision-instances/search': page([]) });
    await waitFor(() => expect(screen.getByText('No decision table was used in this case yet')).toBeTruthy());
  });

  it('reads tables, and labels in two languages', () => {
    expect(tableOf(dmn, 'level')?.rules.map(({ inputs }) => inputs)).toEqual([['>= 10'], ['-']]);
    expect(tableOf(dmn, 'plain')).toBeNull();
    expect(tableOf('no xml', 'level')).toBeNull();
    expect([inLanguage('ก | a', 'th'), inLanguage('ก | a', 'en'), inLanguage('ก', 'en')]).toEqual(['ก', 'a', 'ก']);
  });
});
