import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import WorkbenchPage from '../../src/pages/workbench/WorkbenchPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

const place = { pattern: '/workbench', at: '/workbench' };
const draft = {
  draftKey: '50',
  name: 'แก้เวลาขั้นที่ ๔',
  state: 'OPEN',
  revision: 3,
  processDefinitionId: 'p',
  processDefinitionVersion: 2,
  createdBy: 'owner',
  createdAt: '2026-04-10T09:00:00.000Z',
  updatedBy: 'owner',
  updatedAt: '2026-04-10T09:00:00.000Z',
  deploymentKey: null,
  reason: null,
};
const version = (number: number) => ({
  processDefinitionKey: `9${number}`,
  processDefinitionId: 'p',
  name: 'แจ้งเหตุ',
  nameEn: 'Notification',
  version: number,
  versionTag: null,
  resourceName: 'p.bpmn',
  tenantId: '<default>',
  hasStartForm: false,
  state: 'ACTIVE',
  startable: true,
});

function workbench(more: Routes = {}, ownedProcesses = ['*']): Routes {
  return {
    'GET /authentication/me': { ...me, ownedProcesses },
    'GET /git-source': { available: false, references: [] },
    'POST /model-drafts/search': page([draft]),
    'POST /users/search': page([{ username: 'owner', name: 'ผู้ดูแลกระบวนงาน' }]),
    'POST /process-definitions/search': page([version(2), version(1)]),
    'POST /process-definitions/statistics/process-instances': page([
      {
        processDefinitionId: 'p',
        activeInstancesWithIncidentCount: 1,
        activeInstancesWithoutIncidentCount: 4,
        activeInstancesOverdueCount: 2,
      },
    ]),
    'POST /process-definitions/statistics/process-instances-by-version': page([
      {
        processDefinitionKey: '91',
        activeInstancesWithIncidentCount: 0,
        activeInstancesWithoutIncidentCount: 3,
        activeInstancesOverdueCount: 1,
      },
    ]),
    ...more,
  };
}

describe('the workbench', () => {
  it('shows drafts with who changed them, and processes with what runs of them', async () => {
    serve(workbench());
    const { container } = renderPage(<WorkbenchPage />, place);
    const drafts = within(await screen.findByRole('region', { name: 'ร่างที่ยังไม่เผยแพร่' }));
    expect((await drafts.findByRole('link', { name: draft.name })).getAttribute('href')).toBe('/workbench/drafts/50');
    await drafts.findByText(/จาก p ฉบับที่ ๒ .* โดย ผู้ดูแลกระบวนงาน/);
    const processes = within(screen.getByRole('region', { name: 'กระบวนงานที่ใช้อยู่' }));
    const [row] = (await processes.findAllByRole('row')).slice(1);
    expect(row?.textContent).toContain('๕');
    expect(row?.textContent).toContain('ขัดข้อง ๑ เรื่อง');
    expect(row?.textContent).toContain('เกินกำหนด ๒ เรื่อง');
    await expectAccessible(container);
  });

  it('makes an empty draft by keyboard, and opens it', async () => {
    const calls = serve(workbench({ 'POST /model-drafts': new Reply(201, { draftKey: '51' }) }));
    const { user, router } = renderPage(<WorkbenchPage />, { ...place, language: 'en' });
    (await screen.findByRole('button', { name: 'New draft' })).focus();
    await user.keyboard('{Enter}');
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Create the draft' }));
    await screen.findByRole('alert');
    screen.getByLabelText('Name of the draft').focus();
    await user.keyboard('Travel{Enter}');
    await screen.findByText('elsewhere');
    expect(router.state.location.pathname).toBe('/workbench/drafts/51');
    expect(calls.find((call) => call.path === '/model-drafts')?.body).toEqual({ name: 'Travel' });
  });

  it('begins a draft from a version of a process', async () => {
    const calls = serve(workbench({ 'POST /model-drafts': new Reply(201, { draftKey: '52' }) }));
    const { user, router, container } = renderPage(<WorkbenchPage />, { ...place, at: '/workbench?process=p' });
    await screen.findByRole('heading', { level: 1, name: 'แจ้งเหตุ' });
    screen.getByText('เกินกำหนด ๑ เรื่อง');
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'สร้างร่างจากฉบับที่ ๑' }));
    await screen.findByText('elsewhere');
    expect(router.state.location.pathname).toBe('/workbench/drafts/52');
    expect(calls.find((call) => call.path === '/model-drafts')?.body).toEqual({
      name: 'แจ้งเหตุ',
      processDefinitionId: 'p',
      version: 1,
    });
  });

  it('makes a draft of files, and says what was wrong with others', async () => {
    const answers = [
      problem(400, { code: 'archive-refused', th: 'ไฟล์รวมนี้มีชื่อไฟล์ที่ไม่อนุญาต', en: 'x' }),
      new Reply(201, { draftKey: '53' }),
    ];
    serve(workbench({ 'POST /model-drafts/import': () => answers.shift() }));
    const { user, router, container } = renderPage(<WorkbenchPage />, place);
    await screen.findByRole('button', { name: 'นำเข้าจากไฟล์' });
    const input = container.querySelector('input[type=file]') as HTMLInputElement;
    await user.upload(input, new File(['x'], 'a.zip'));
    expect((await screen.findByRole('alert')).textContent).toContain('ไฟล์รวมนี้มีชื่อไฟล์ที่ไม่อนุญาต');
    await user.upload(input, new File(['x'], 'b.zip'));
    await screen.findByText('elsewhere');
    expect(router.state.location.pathname).toBe('/workbench/drafts/53');
  });

  it('offers no draft of a process that one does not own', async () => {
    serve(workbench({}, ['other']));
    renderPage(<WorkbenchPage />, { ...place, at: '/workbench?process=p' });
    await screen.findByRole('link', { name: 'ฉบับที่ ๒' });
    expect(screen.queryByRole('button', { name: /สร้างร่าง/ })).toBeNull();
  });

  it('says why a draft was not made', async () => {
    serve(workbench({ 'POST /model-drafts': problem(409, { code: 'x', th: 'มีร่างมากเกินไป', en: 'Too many drafts' }) }));
    const { user } = renderPage(<WorkbenchPage />, { ...place, at: '/workbench?process=p' });
    await user.click(await screen.findByRole('button', { name: 'สร้างร่างจากฉบับที่ ๒' }));
    await screen.findByText('มีร่างมากเกินไป');
  });

  it('shows more of a long list on demand, after the last of the page', async () => {
    const long = (items: object[], endCursor: string) => ({
      items,
      page: { totalItems: 2, hasMoreTotalItems: false, startCursor: null, endCursor },
    });
    const answers = ({ body }: Call) =>
      (body as { page: { after?: string } }).page.after === 'c1'
        ? long([{ ...draft, draftKey: '60', name: 'ร่างที่สอง' }], 'c2')
        : long([draft], 'c1');
    serve(workbench({ 'POST /model-drafts/search': answers }));
    const { user } = renderPage(<WorkbenchPage />, place);
    await user.click(await screen.findByRole('button', { name: 'แสดงเพิ่มเติม' }));
    await screen.findByRole('link', { name: 'ร่างที่สอง' });
    screen.getByRole('link', { name: draft.name });
    expect(screen.queryByRole('button', { name: 'แสดงเพิ่มเติม' })).toBeNull();
  });
});
