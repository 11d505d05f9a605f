import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import ComparePage from '../../src/pages/compare/ComparePage';
import { compared, field, shorter, warning } from '../compared';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

const shown: string[] = [];
// jsdom lays nothing out
Element.prototype.scrollIntoView = () => undefined;
vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ name, linked }: { name: string; linked: { show: (id: string) => void } }) => {
    linked.show = (id) => void shown.push(id);
    return <p>{name}</p>;
  },
}));

const version = (number: number) => ({
  processDefinitionKey: String(number),
  processDefinitionId: 'p',
  version: number,
});
const DIAGRAMS = [
  { path: 'a.bpmn', before: '<a id="Other"/>', after: '<a id="Other"/>' },
  { path: 'b.bpmn', before: '<b id="Task"/>', after: null },
];
const revision = { revision: 4, author: 'owner2', writtenAt: '2026-04-10T09:00:00.000Z', path: 'b.bpmn' };
const place = { pattern: '/workbench/compare', at: '/workbench/compare?process=p&before=v1&after=d50' };

function office(more: Routes = {}) {
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['p'] },
    'POST /process-definitions/search': page([version(2), version(1)]),
    'POST /model-drafts/search': page([{ draftKey: '50', name: 'แก้เวลา' }]),
    'POST /model-drafts/50/history/search': page([revision]),
    'POST /users/search': page([{ username: 'owner2', name: 'ผู้ดูแลคนที่สอง' }]),
    'POST /model-comparisons': compared([shorter, warning, field], DIAGRAMS),
    ...more,
  });
}
const asked = (calls: { path: string; body: unknown }[]) =>
  calls.filter(({ path }) => path.endsWith('/model-comparisons')).map(({ body }) => body);

describe('the comparison of two versions', () => {
  it('says what differs, and marks what guards less, without barriers', async () => {
    office();
    const { container } = renderPage(<ComparePage />, place);
    await screen.findByText('เวลามาตรฐาน: 14 เป็น 10 วันทำการ');
    screen.getByText('ต่างกัน ๓ รายการ คำเตือน ๑ รายการ');
    const item = screen.getByText(/ตัดจุดควบคุมออก/).closest('li');
    within(item as HTMLElement).getByText('โปรดพิจารณา');
    screen.getByText('ฉบับนี้ไม่มีผังนี้');
    await screen.findByText('b.bpmn ฉบับก่อน');
    await expectAccessible(container);
  });

  it('shows the warnings alone, by keyboard', async () => {
    office();
    const { user } = renderPage(<ComparePage />, { ...place, language: 'en' });
    await screen.findByText('Standard time: 14 to 10 working days');
    screen.getByRole('checkbox', { name: 'Show warnings only' }).focus();
    await user.keyboard(' ');
    expect(screen.queryByText('Standard time: 14 to 10 working days')).toBeNull();
    screen.getByText('Control point removed: “Evidence attached”');
  });

  it('brings an element into view in the diagram that has it', async () => {
    office();
    const { user } = renderPage(<ComparePage />, place);
    await user.selectOptions(await screen.findByLabelText('ผัง'), 'a.bpmn');
    await screen.findByText('a.bpmn ฉบับหลัง');
    await user.click(screen.getByRole('button', { name: 'ดูในผัง: ขั้นตอนที่ 5 “ตรวจ”' }));
    expect(shown.at(-1)).toBe('Task');
    await screen.findByText('b.bpmn ฉบับก่อน');
    expect(screen.queryByRole('button', { name: /แบบฟอร์ม/ })).toBeNull();
  });

  it('compares what is chosen: another version, and the draft as it was', async () => {
    const calls = office();
    const { user, router } = renderPage(<ComparePage />, place);
    const before = await screen.findByLabelText('ฉบับก่อน');
    await within(before).findByRole('option', { name: 'ฉบับที่ ๒' });
    await user.selectOptions(before, 'ฉบับที่ ๒');
    await user.selectOptions(await screen.findByLabelText('ฉบับหลัง: ณ การบันทึกครั้งใด'), 'd50.4');
    await waitFor(() => expect(asked(calls)).toHaveLength(3));
    expect(asked(calls).at(-1)).toEqual({
      before: { processDefinitionId: 'p', version: 2 },
      after: { draftKey: '50', revision: 4 },
      diagrams: true,
    });
    expect(router.state.location.search).toBe('?process=p&before=v2&after=d50.4');
  });

  it('names what cannot be read, and says that nothing differs', async () => {
    office({ 'POST /model-comparisons': { ...compared([]), unreadable: ['b.bpmn'] } });
    renderPage(<ComparePage />, place);
    await screen.findByText(/อ่านไฟล์ต่อไปนี้ไม่ได้.*b\.bpmn/);
    expect(screen.queryByText('ไม่มีสิ่งที่ต่างกัน')).toBeNull();
    office({ 'POST /model-comparisons': compared([]) });
    renderPage(<ComparePage />, place);
    await screen.findByText('ไม่มีสิ่งที่ต่างกัน');
  });

  it('says what stood in the way, and asks nothing for an address without sides', async () => {
    office({ 'POST /model-comparisons': problem(404) });
    renderPage(<ComparePage />, place);
    await screen.findByRole('alert');
    const calls = office();
    renderPage(<ComparePage />, { ...place, at: '/workbench/compare?process=p&before=x' });
    await screen.findAllByLabelText('ฉบับหลัง');
    expect(asked(calls)).toEqual([]);
  });
});
