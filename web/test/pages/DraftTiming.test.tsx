import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, serve } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const diagram = (said: string) => `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:krabuan="https://krabuan.org/schema/1.0" targetNamespace="t"><bpmn:process id="P">
  <bpmn:extensionElements><krabuan:deadline id="dl-a" duration="P30D" from="=x"><krabuan:text lang="th">ตอบคำขอ</krabuan:text>
  </krabuan:deadline></bpmn:extensionElements><bpmn:userTask id="Task" name="ตรวจ"><bpmn:extensionElements>${said}
  </bpmn:extensionElements></bpmn:userTask><bpmn:userTask id="Other" name="ลงนาม" /></bpmn:process></bpmn:definitions>`;
const DIAGRAM = 'processes/p/p.bpmn';
const AT = '2026-04-10T09:00:00.000Z';
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };

function office(said: string) {
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': {
      draftKey: '50',
      name: 'แก้เวลา',
      state: 'OPEN',
      revision: 3,
      processDefinitionId: 'p',
      basedOn: null,
      updatedBy: 'owner',
      updatedAt: AT,
      files: [{ path: DIAGRAM, kind: 'BPMN', bytes: 10, revision: 3, updatedBy: 'owner', updatedAt: AT }],
    },
    'GET /model-drafts/50/files/content': { path: DIAGRAM, content: diagram(said), revision: 3 },
    'PUT /model-drafts/50/files/content': { path: DIAGRAM, revision: 4 },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-drafts/50/variables': {
      variables: [
        {
          name: 'amount',
          type: 'number',
          label: { th: 'จำนวนเงิน', en: 'Amount' },
          sourceElementId: 'Start',
          source: { th: 'ยื่นคำขอ', en: 'Apply' },
          own: false,
        },
        {
          name: 'counted',
          type: '',
          label: { th: null, en: null },
          sourceElementId: 'S',
          source: { th: 'นับ', en: 'นับ' },
          own: false,
        },
      ],
    },
    'GET /expressions/functions': { functions: [] },
    'POST /expressions/check': { fault: null, names: [] },
    'POST /resources/search': page([]),
    'POST /groups/search': page([{ groupId: 'law', name: 'กลุ่มกฎหมาย', nameEn: 'Legal' }]),
  });
}
const panel = async () => within(await screen.findByRole('region', { name: /รายละเอียด|Details/ }));
async function saved(calls: { method: string; body: unknown }[]): Promise<string> {
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true), { timeout: 5000 });
  return (calls.findLast(({ method }) => method === 'PUT')?.body as { content: string }).content;
}

describe('the timing of a task', () => {
  it('says that the usual reminders are sent, and takes one more, chosen from registers by keyboard', async () => {
    const calls = office('');
    const { user, container } = renderPage(<DraftPage />, place);
    const details = await panel();
    details.getByText(/ระบบจะเตือนผู้ปฏิบัติ/);
    details.getByRole('button', { name: 'เพิ่มการเตือน' }).focus();
    await user.keyboard('{Enter}');
    const one = within(await details.findByRole('group', { name: 'การเตือนที่ 1' }));
    await user.selectOptions(one.getByLabelText('เตือนเมื่อ'), 'หลังครบกำหนด');
    await one.findByRole('option', { name: 'กลุ่มกฎหมาย' });
    await user.selectOptions(one.getByLabelText('เพิ่มผู้รับแจ้ง'), 'กลุ่มกฎหมาย');
    expect(await saved(calls)).not.toContain('role:law'); // the arrow keys pass by it on the way to another
    await user.click(one.getByRole('button', { name: 'เพิ่ม: เพิ่มผู้รับแจ้ง' }));
    await expectAccessible(container);
    const content = await saved(calls);
    await waitFor(async () => expect(await saved(calls)).toContain('to="performer role:law"'));
    expect(await saved(calls)).toContain('overdue="P1D"');
    expect(content).not.toContain('before=');
  });

  it('keeps what it does not offer, and speaks of the clocks of the process', async () => {
    const calls = office(
      '<krabuan:reminder after="P2D" to="head, somebody" limit="3" action="reassign" reassignTo="role:x"/>',
    );
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    const one = within(await (await panel()).findByRole('group', { name: 'Reminder 1' }));
    one.getByText('somebody');
    expect((one.getByLabelText('And besides') as HTMLSelectElement).value).toBe('reassign');
    await user.click(one.getByRole('button', { name: /The head of the unit/ }));
    const content = await saved(calls);
    expect(content).toContain('to="somebody"');
    expect(content).toMatch(/limit="3"/);
    expect(content).toMatch(/reassignTo="role:x"/);
    await user.selectOptions(one.getByLabelText('About'), 'ตอบคำขอ');
    await waitFor(async () => expect(await saved(calls)).toContain('deadline="dl-a"'));
  });

  it('offers what is known there to an expression, by keyboard', async () => {
    const point =
      '<krabuan:controlPoint id="cp-1" mandatory="true"><krabuan:binding type="condition" expression="=x >"/></krabuan:controlPoint>';
    const calls = office(point.replace('>"/>', '&gt;"/>'));
    const { user, container } = renderPage(<DraftPage />, place);
    const one = within(await (await panel()).findByRole('group', { name: 'cp-1' }));
    (await one.findByRole('button', { name: 'ดูข้อมูลที่ใช้ได้' }, { timeout: 20_000 })).focus();
    await user.keyboard('{Enter}');
    const offer = await one.findByLabelText('ใส่ข้อมูล');
    expect(
      within(offer)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['โปรดเลือก', 'amount · จำนวนเงิน (ยื่นคำขอ)', 'counted (นับ)']);
    await expectAccessible(container);
    await user.selectOptions(offer, 'amount');
    await user.click(one.getByRole('button', { name: 'เพิ่ม: ใส่ข้อมูล' }));
    await waitFor(async () => expect(await saved(calls)).toContain('expression="=x &#62; amount"'));
    expect(calls.find(({ path }) => path.endsWith('/variables'))?.body).toEqual({ elementId: 'Task' });
  });

  it('is taken away again, and the task may have a rule about who performs it', async () => {
    const calls = office('<krabuan:reminder to="head"/>');
    const { user } = renderPage(<DraftPage />, place);
    const details = await panel();
    await user.click(await details.findByRole('button', { name: 'นำออก: การเตือนที่ 1' }));
    await user.click(details.getByRole('button', { name: 'เพิ่มเงื่อนไขผู้ปฏิบัติ' }));
    await user.selectOptions(await details.findByLabelText('ผู้ใด'), 'ลงนาม');
    await waitFor(async () => expect(await saved(calls)).toMatch(/<krabuan:duty type="differentFrom" element="Other"/));
    expect(await saved(calls)).not.toContain('krabuan:reminder');
  });
});
