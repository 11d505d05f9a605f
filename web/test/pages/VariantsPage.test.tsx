import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Variant, Variants } from '../../src/api/variants';
import type { Marks } from '../../src/diagram/marks';
import VariantsPage from '../../src/pages/variants/VariantsPage';
import { me, processInstance } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks }: { marks: Marks }) => <p data-testid="marks">{JSON.stringify(marks)}</p>,
}));

const step = (elementId: string, repeated = false) => ({
  elementId,
  name: { th: `ขั้น ${elementId}`, en: `Step ${elementId}` },
  repeated,
});
const variant = (variantId: string, changes: Partial<Variant>): Variant => ({
  variantId,
  steps: [step('a'), step('b')],
  cases: 3,
  sharePercent: 75,
  duration: { counted: 3, medianSeconds: 93600, p90Seconds: 93600, totalSeconds: 280800 },
  canceled: 0,
  missedDeadlines: 1,
  lateSteps: 2,
  processInstanceKeys: ['300', '299', '298'],
  ...changes,
});
const variants: Variants = {
  processDefinitionKey: '9',
  processDefinitionId: 'p',
  version: 2,
  name: { th: 'แจ้งเหตุ', en: 'Notification' },
  period: { kind: 'MONTH', from: '2026-04-01', to: '2026-04-30', name: { th: 'เดือนเมษายน', en: 'April 2026' } },
  asOf: '2026-04-10T09:00:00.000Z',
  cases: 4,
  items: [
    variant('v1', {}),
    variant('v2', { steps: [step('a', true), step('b')], cases: 1, sharePercent: 25, processInstanceKeys: ['301'] }),
  ],
  others: { variants: 2, cases: 2 },
};
const place = {
  pattern: '/processes/:key/variants',
  at: '/processes/9/variants?kind=MONTH&from=2026-04-10',
  language: 'en',
} as const;

function served(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /reports/variants': variants,
    'POST /process-definitions/search': page([{ processDefinitionKey: '9', version: 2 }]),
    'GET /process-definitions/9/xml': '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    'POST /process-instances/search': ({ body }: Call) =>
      page(
        (body as { filter: { processInstanceKey: { $in: string[] } } }).filter.processInstanceKey.$in.map((key) =>
          processInstance({ processInstanceKey: key, businessId: `case ${key}` }),
        ),
      ),
    'GET /process-instances/300/sequence-flows': { items: [{ elementId: 'f1' }] },
    'GET /process-instances/300/statistics/element-instances': { items: [{ elementId: 'a', completed: 1 }] },
    'GET /process-instances/301/sequence-flows': { items: [{ elementId: 'f2' }] },
    'GET /process-instances/301/statistics/element-instances': { items: [{ elementId: 'a', completed: 3 }] },
    ...routes,
  });
}

describe('the variants of a version', () => {
  it('tell each path with share, length and lateness, and draw the first', async () => {
    const calls = served();
    const { container } = renderPage(<VariantsPage />, place);
    const [, first, second] = await screen.findAllByRole('row');
    expect(within(first as HTMLElement).getByText('Step a → Step b')).toBeTruthy();
    expect(first?.textContent).toMatch(/75(\.0)?%/);
    expect(within(first as HTMLElement).getByText('1 day 2 hours')).toBeTruthy();
    expect(within(second as HTMLElement).getByText('Step a (repeated) → Step b')).toBeTruthy();
    expect(screen.getByText('and 2 rarer paths, of 2 cases together')).toBeTruthy();
    await waitFor(() => expect(screen.getByTestId('marks').textContent).toContain('"taken":["f1"]'));
    expect(calls.find(({ path }) => path === '/reports/variants')?.body).toEqual({
      processDefinitionKey: '9',
      period: { kind: 'MONTH', from: '2026-04-10' },
    });
    await expectAccessible(container);
  });

  it('show another on the diagram by keyboard, with the cases behind it', async () => {
    served();
    const { user, router } = renderPage(<VariantsPage />, place);
    const [first] = await screen.findAllByRole('radio');
    first?.focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(screen.getByTestId('marks').textContent).toContain('"counts":{"a":3}'));
    const link = await screen.findByRole('link', { name: 'case 301' });
    expect(link.getAttribute('href')).toBe('/cases/301');
    expect(router.state.location.search).toContain('variant=v2');
  });

  it('say that there is none, and what failed with a way to try again', async () => {
    served({ 'POST /reports/variants': { ...variants, cases: 0, items: [], others: { variants: 0, cases: 0 } } });
    const { unmount } = renderPage(<VariantsPage />, place);
    expect(await screen.findByText(/No case of this version ended in the period/)).toBeTruthy();
    unmount();
    served({ 'POST /reports/variants': problem(400, { en: 'Too much', th: 'มากเกินไป' }) });
    renderPage(<VariantsPage />, place);
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
