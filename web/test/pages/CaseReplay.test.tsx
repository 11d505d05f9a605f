import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Marks } from '../../src/diagram/marks';
import CasePage from '../../src/pages/case/CasePage';
import { me, processInstance } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks, xml }: { marks: Marks; xml: string }) => (
    <p data-testid="marks" data-xml={xml}>
      {JSON.stringify(marks)}
    </p>
  ),
}));
vi.mock('../../src/forms/FormView', () => ({
  default: ({ data, readOnly }: { data: object; readOnly: boolean }) => (
    <p data-testid="form">{JSON.stringify({ data, readOnly })}</p>
  ),
}));

const place = { pattern: '/cases/:key', at: '/cases/300' };
const diagram = (name: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><userTask id="A" name="${name}"/></definitions>`;
const said: [string, string | null, string | null, object][] = [
  ['instance-created', null, null, {}],
  ['element-activated', 'A', '11', { type: 'USER_TASK', scope: '300' }],
  ['user-task-created', 'A', '11', { assignee: null }],
  ['user-task-claimed', 'A', '11', {}],
  ['assignee-set', 'A', '11', { assignee: 'dpo1' }],
  ['instance-migrated', null, null, { mapping: [] }],
  ['version-changed', null, '300', { before: { definition: '7', version: 1 }, after: { definition: '9', version: 2 } }],
  ['user-task-completed', 'A', '11', {}],
  ['element-completed', 'A', '11', {}],
  ['instance-completed', null, null, {}],
];
const events = said.map(([type, elementId, elementInstanceKey, data], index) => ({
  sequence: index + 1,
  at: `2026-04-10T09:0${index}:00.000Z`,
  type,
  actor: 'dpo1',
  onBehalfOf: null,
  elementId,
  elementName: null,
  elementInstanceKey,
  data,
  hash: 'ab',
}));

function oneCase(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /process-instances/300': processInstance({ processDefinitionVersion: 2, state: 'COMPLETED' }),
    'POST /element-instances/search': page([]),
    'GET /process-instances/300/sequence-flows': { items: [] },
    'GET /process-instances/300/statistics/element-instances': { items: [] },
    'GET /process-instances/300/deadlines': { items: [] },
    'GET /process-instances/300/control-points': { items: [] },
    'GET /process-instances/300/comments': { items: [] },
    'POST /documents/search': page([]),
    'GET /process-instances/300/history': { items: events, page: { hasMore: false, lastSequence: 10 }, archive: null },
    'GET /process-instances/300/history/verification': {
      valid: true,
      events: 10,
      head: 'ab',
      firstBadSequence: null,
      signed: null,
    },
    'GET /process-instances/300/variables-at': {
      items: [
        { name: 'x', value: '"of the case"', scopeKey: '300' },
        { name: 'x', value: '"of the task"', scopeKey: '11' },
      ],
      sequence: 5,
    },
    'GET /user-tasks/11/form': { formKey: '5', version: 3, schema: '{"components":[]}' },
    'GET /process-definitions/9/xml': diagram('ตรวจใหม่'),
    'GET /process-definitions/7/xml': diagram('ตรวจเดิม'),
    ...routes,
  });
}

const marks = async () => JSON.parse((await screen.findByTestId('marks')).textContent ?? '') as Marks;
const slider = () => screen.findByRole<HTMLInputElement>('slider', { name: /เหตุการณ์ที่ดูอยู่/ });
const asked = (calls: Call[]) => calls.filter(({ path }) => path.includes('variables-at')).map(({ path }) => path);

describe('the replay of a case', () => {
  it('begins at present, and goes event by event', async () => {
    const calls = oneCase();
    const { container } = renderPage(<CasePage />, place);
    const range = await slider();
    expect([range.min, range.max, range.value]).toEqual(['1', '10', '10']);
    fireEvent.change(range, { target: { value: '5' } });
    expect((await marks()).active).toEqual(['A']);
    expect(range.getAttribute('aria-valuetext')).toMatch(/^เหตุการณ์ที่ ๕ จาก ๑๐: กำหนดผู้รับงาน/);
    fireEvent.change(range, { target: { value: '1' } });
    expect((await marks()).active).toEqual([]);
    await waitFor(() => expect(asked(calls)).toEqual(['/process-instances/300/variables-at?sequence=1']));
    await expectAccessible(container);
  });

  it('shows the version of the diagram of that moment', async () => {
    oneCase();
    renderPage(<CasePage />, { ...place, at: '/cases/300?event=5' });
    expect(await screen.findByText(/ขณะนั้นเรื่องใช้กระบวนงานฉบับที่ ๑/)).toBeTruthy();
    await waitFor(() => expect(screen.getByTestId('marks').dataset['xml']).toContain('ตรวจเดิม'));
    fireEvent.change(await slider(), { target: { value: '7' } });
    await waitFor(() => expect(screen.getByTestId('marks').dataset['xml']).toContain('ตรวจใหม่'));
  });

  it('goes to what people did by the keys, and back to the present', async () => {
    oneCase();
    const { user } = renderPage(<CasePage />, place);
    await slider();
    screen.getByRole('button', { name: 'เหตุการณ์ก่อนหน้า' }).focus();
    await user.keyboard('{Enter}{Enter}{Enter}');
    expect(await screen.findByText(/เหตุการณ์ที่ ๖ จาก ๑๐/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'เหตุการณ์ถัดไป' }));
    expect(await screen.findByText(/เหตุการณ์ที่ ๗ จาก ๑๐/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'กลับสู่ปัจจุบัน' }));
    expect((await slider()).value).toBe('10');
  });

  it('holds the moment in the address, also that of a row of the history', async () => {
    oneCase();
    const { user, router } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดูข้อมูล ณ เวลานี้ ๔' }));
    await waitFor(() => expect(router.state.location.search).toBe('?event=5'));
    await user.click(screen.getByRole('button', { name: 'กลับสู่ปัจจุบัน' }));
    await waitFor(() => expect(router.state.location.search).toBe(''));
  });

  it('opens at the moment of a link; a senseless one is the present, one beyond the end is the end', async () => {
    oneCase();
    const opened = renderPage(<CasePage />, { ...place, at: '/cases/300?event=3' });
    await waitFor(async () => expect((await slider()).value).toBe('3'));
    opened.unmount();
    const senseless = renderPage(<CasePage />, { ...place, at: '/cases/300?event=-1e9' });
    expect((await slider()).value).toBe('10');
    senseless.unmount();
    renderPage(<CasePage />, { ...place, at: '/cases/300?event=999999999' });
    expect((await slider()).value).toBe('10');
  });

  it('shows the open tasks with whoever had them, and the form with the data that the task saw', async () => {
    oneCase();
    const { user, container } = renderPage(<CasePage />, { ...place, at: '/cases/300?event=5', language: 'en' });
    const tasks = await screen.findByRole('heading', { name: 'Open tasks' });
    const panel = within(tasks.closest('section') as HTMLElement);
    expect(panel.getByText('dpo1')).toBeTruthy();
    await user.click(panel.getByRole('button', { name: /^Form as it was seen/ }));
    const form = JSON.parse((await screen.findByTestId('form')).textContent ?? '') as object;
    expect(form).toEqual({ data: { x: 'of the task' }, readOnly: true });
    expect(panel.getByText('Version 3 of the form')).toBeTruthy();
    await expectAccessible(container);
  });

  it('keeps the form of the task whose completion happened last', async () => {
    oneCase();
    renderPage(<CasePage />, { ...place, at: '/cases/300?event=9', language: 'en' });
    expect(await screen.findByText('Just completed')).toBeTruthy();
  });

  it('says where it happened that the data may not be seen, and the rest goes on', async () => {
    oneCase({ 'GET /process-instances/300/variables-at': problem(403, { code: 'forbidden' }) });
    renderPage(<CasePage />, { ...place, at: '/cases/300?event=5' });
    const heading = await screen.findByRole('heading', { name: 'ข้อมูลของเรื่อง' });
    expect(await within(heading.closest('section') as HTMLElement).findByRole('alert')).toBeTruthy();
    expect((await marks()).active).toEqual(['A']);
  });
});

describe('the filters of the history', () => {
  it('narrow it to a kind of event, and say how much is shown', async () => {
    oneCase();
    const { user } = renderPage(<CasePage />, { ...place, language: 'en' });
    await user.selectOptions(await screen.findByLabelText('Event'), 'user-task-completed');
    expect(screen.getByText('1 of 10 events shown')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Show the data .* 4$/ })).toBeNull();
  });

  it('search a text', async () => {
    oneCase();
    const { user } = renderPage(<CasePage />, { ...place, language: 'en' });
    await user.type(await screen.findByLabelText('Search the history'), 'nowhere{Enter}');
    expect(await screen.findByText('0 of 10 events shown')).toBeTruthy();
  });
});

describe('a long history', () => {
  it('is read to its end, page by page, each page once', async () => {
    const calls = oneCase({
      'GET /process-instances/300/history': ({ path }: Call) => {
        const after = Number(new URLSearchParams(path.split('?')[1]).get('after'));
        const items = events.filter(({ sequence }) => sequence > after).slice(0, 4);
        return { items, page: { hasMore: after + 4 < 10, lastSequence: after + items.length } };
      },
    });
    renderPage(<CasePage />, place);
    await waitFor(async () => expect((await slider()).max).toBe('10'));
    const read = calls
      .filter(({ path }) => path.includes('/history?'))
      .map(({ path }) => /after=(\d+)/.exec(path)?.[1]);
    expect(read).toEqual(['0', '4', '8']);
  });
});
