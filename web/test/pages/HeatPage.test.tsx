import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Heat, HeatElement } from '../../src/api/heat';
import type { Marks } from '../../src/diagram/marks';
import { asCsv } from '../../src/pages/heat/csv';
import HeatPage from '../../src/pages/heat/HeatPage';
import { heatOf, levelOf } from '../../src/pages/heat/measures';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks }: { marks: Marks }) => <p data-testid="heat">{JSON.stringify(marks.heat)}</p>,
}));

const NONE = { counted: 0, medianSeconds: null, p90Seconds: null, totalSeconds: 0 };
const spread = (seconds: number) => ({
  counted: 1,
  medianSeconds: seconds,
  p90Seconds: seconds,
  totalSeconds: seconds,
});
const element = (elementId: string, changes: Partial<HeatElement> = {}): HeatElement => ({
  elementId,
  name: { th: `ขั้น ${elementId}`, en: `Step ${elementId}` },
  completed: 0,
  canceled: 0,
  active: 0,
  counted: 0,
  kept: 0,
  sharePercent: null,
  late: 0,
  waited: NONE,
  officeWaiting: NONE,
  officeWorking: NONE,
  ...changes,
});
const heat: Heat = {
  processDefinitionKey: '9',
  processDefinitionId: 'p',
  version: 2,
  name: { th: 'แจ้งเหตุ', en: 'Notification' },
  period: { kind: 'MONTH', from: '2026-04-01', to: '2026-04-30', name: { th: 'เดือนเมษายน', en: 'April 2026' } },
  asOf: '2026-04-10T09:00:00.000Z',
  cases: 12,
  elements: [
    element('a', { completed: 10, counted: 10, kept: 6, late: 4, officeWaiting: spread(7200) }),
    element('b', { completed: 2, active: 3 }),
  ],
  flows: [{ elementId: 'f', taken: 10 }],
};
const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <userTask id="a" name="รับ"/><userTask id="b" name="ตรวจ"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/></definitions>`;
const place = {
  pattern: '/processes/:key/heat',
  at: '/processes/9/heat?kind=MONTH&from=2026-04-10',
  language: 'en',
} as const;

function served(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /reports/heat': heat,
    'POST /process-definitions/search': page([
      { processDefinitionKey: '9', version: 2 },
      { processDefinitionKey: '7', version: 1 },
    ]),
    'GET /process-definitions/9/xml': xml,
    ...routes,
  });
}

const drawn = async () => JSON.parse((await screen.findByTestId('heat')).textContent ?? '') as Marks['heat'];

describe('the heat map', () => {
  it('draws elements and flows with their figures, and tells the same in a table', async () => {
    const calls = served();
    const { container } = renderPage(<HeatPage />, place);
    expect(await drawn()).toEqual({
      a: { level: 4, text: '10' },
      b: { level: 1, text: '2' },
      f: { level: 4, text: '10' },
    });
    expect(calls.find(({ path }) => path === '/reports/heat')?.body).toEqual({
      processDefinitionKey: '9',
      period: { kind: 'MONTH', from: '2026-04-10' },
    });
    const row = within(await screen.findByRole('table')).getByRole('row', { name: /^Step a/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['10', '0', '0', '2.0 h', '–', '10', '4']);
    expect(await screen.findByText(/รับ → ตรวจ/)).toBeTruthy();
    await expectAccessible(container);
  });

  it('draws another measure on choosing it by the keys, and keeps it in the address', async () => {
    served();
    const { user, router } = renderPage(<HeatPage />, place);
    await screen.findByTestId('heat');
    await user.selectOptions(screen.getByLabelText('Shown by'), 'late');
    await waitFor(async () => expect(await drawn()).toEqual({ a: { level: 4, text: '4' } }));
    expect(router.state.location.search).toContain('by=late');
  });

  it('goes to another version, with what else is chosen', async () => {
    served();
    const { user, router } = renderPage(<HeatPage />, place);
    await user.selectOptions(await screen.findByLabelText('Version'), '7');
    await waitFor(() => expect(router.state.location.pathname).toBe('/processes/7/heat'));
    expect(router.state.location.search).toBe('?kind=MONTH&from=2026-04-10');
  });

  it('says what to do where there is nothing, and why where it is refused', async () => {
    served({ 'POST /reports/heat': { ...heat, cases: 0, elements: [], flows: [] } });
    const empty = renderPage(<HeatPage />, place);
    expect(await screen.findByText(/Try another period or version/)).toBeTruthy();
    empty.unmount();
    served({ 'POST /reports/heat': problem(403, { code: 'forbidden' }) });
    renderPage(<HeatPage />, place);
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});

describe('how hot something is', () => {
  it('is its part of the most, in five equal parts', () => {
    expect([0, 19, 20, 99, 100].map((value) => levelOf(value, 100))).toEqual([0, 0, 1, 4, 4]);
    expect(levelOf(0, 0)).toBe(0);
  });

  it('says nothing of what the measure does not concern', () => {
    expect([...heatOf(heat, 'waiting').keys()]).toEqual(['a']);
    expect([...heatOf(heat, 'active').keys()]).toEqual(['b']);
  });
});

describe('the table for spreadsheets', () => {
  it('quotes what must be, and lets no name become a formula', () => {
    expect(asCsv([['=1+1', 'a "b", c', null, 3]])).toBe(`'=1+1,"a ""b"", c",,3\r\n`);
  });
});
