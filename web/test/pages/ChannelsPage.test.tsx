import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ChannelsPage from '../../src/pages/channels/ChannelsPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const place = { pattern: '/channels', at: '/channels' };
const host = {
  allowedHostKey: '1',
  pattern: 'api.example.go.th',
  port: 443,
  scheme: 'https',
  private: true,
  reason: 'ระบบสารบรรณกลาง',
  addedBy: 'system',
  addedAt: '2026-04-10T09:00:00.000Z',
};
const hook = {
  webhookKey: '7',
  name: 'ระบบสารบรรณ',
  url: 'https://api.example.go.th/krabuan',
  topics: ['statutory'],
  groups: [],
  active: true,
  addedBy: 'system',
  addedAt: '2026-04-10T09:00:00.000Z',
  failingSince: null,
  switchedOffAt: null,
  secretBeforeUntil: null,
  rev: 4,
};

const service = { pushServiceKey: '8', name: 'LINE ของสำนัก', service: 'line' };

function channels(more: Routes = {}, roles = ['administrator']): Routes {
  return {
    'GET /authentication/me': { ...me, roles },
    'GET /allowed-hosts': { items: [host] },
    'GET /webhooks': { items: [hook] },
    'POST /dead-letters/search': page([]),
    'GET /push-services': { items: [service] },
    'POST /groups/search': page([{ groupId: 'dpo', name: 'เจ้าหน้าที่คุ้มครองข้อมูล', nameEn: 'DPO' }]),
    ...more,
  };
}

const part = (name: string) => within(screen.getByRole('region', { name }));
const hosts = () => part('เครื่องปลายทางที่อนุญาต');
const hooks = () => part('โปรแกรมปลายทาง (webhook)');

describe('the page of outside channels', () => {
  it('shows hosts and webhooks, and lets an auditor change nothing', async () => {
    serve(channels({}, ['auditor']));
    const { container } = renderPage(<ChannelsPage />, place);
    await screen.findByText('https://api.example.go.th:443');
    await screen.findByText('https://api.example.go.th/krabuan');
    screen.getByText('เครือข่ายภายใน');
    expect(screen.queryAllByRole('button')).toEqual([]);
    await expectAccessible(container);
  });

  it('adds an account of the office, and removes one after asking', async () => {
    const calls = serve(
      channels({
        'POST /push-services': new Reply(201, { pushServiceKey: '9' }),
        'DELETE /push-services/8': new Reply(204),
      }),
    );
    const { user, container } = renderPage(<ChannelsPage />, place);
    await screen.findByText('LINE ของสำนัก');
    const services = part('บัญชีของหน่วยงานในแอป');
    await user.click(services.getByRole('button', { name: 'เพิ่มบัญชี' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'เพิ่มบัญชี' }));
    await user.type(dialog.getByLabelText('ชื่อบัญชี'), 'Telegram');
    await user.type(dialog.getByLabelText('ที่อยู่ของบัญชี'), 'tgram://token/{{to}');
    await expectAccessible(container);
    await user.click(dialog.getByRole('button', { name: 'เพิ่มบัญชี' }));
    await screen.findByText('เพิ่มบัญชีแล้ว');
    await user.click(services.getByRole('button', { name: 'นำออก: LINE ของสำนัก' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'นำออก' }));
    expect(
      calls.filter(({ method, path }) => method !== 'GET' && path.startsWith('/push')).map((c) => [c.method, c.body]),
    ).toEqual([
      ['POST', { name: 'Telegram', address: 'tgram://token/{to}' }],
      ['DELETE', undefined],
    ]);
  });

  it('allows a host only with its reason, and removes one', async () => {
    const calls = serve(
      channels({
        'POST /allowed-hosts': new Reply(201, { allowedHostKey: '2' }),
        'DELETE /allowed-hosts/1': new Reply(204),
      }),
    );
    const { user } = renderPage(<ChannelsPage />, place);
    await screen.findByText('https://api.example.go.th:443');
    await user.click(hosts().getByRole('button', { name: 'อนุญาตเครื่องปลายทาง' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('ชื่อเครื่อง'), '*.example.go.th');
    await user.selectOptions(dialog.getByLabelText('การเข้ารหัส'), 'http');
    await user.click(dialog.getByRole('button', { name: 'อนุญาตเครื่องปลายทาง' }));
    await dialog.findByText('โปรดกรอกข้อมูลให้ครบ');
    await user.type(dialog.getByLabelText('เหตุผล'), 'ตามหนังสือ');
    await user.click(dialog.getByRole('button', { name: 'อนุญาตเครื่องปลายทาง' }));
    await screen.findByText('อนุญาตเครื่องปลายทางแล้ว');
    await user.click(hosts().getByRole('button', { name: /^นำออก/ }));
    await screen.findByText(/นำเครื่องปลายทางออกแล้ว/);
    expect(calls.filter((call) => call.path.startsWith('/allowed-hosts') && call.method !== 'GET')).toMatchObject([
      { body: { pattern: '*.example.go.th', port: 80, scheme: 'http', private: false, reason: 'ตามหนังสือ' } },
      { method: 'DELETE', path: '/allowed-hosts/1' },
    ]);
  });

  it('adds a webhook, whose secret is shown once, and says why one was refused', async () => {
    const answers = [
      problem(400, { code: 'host-not-allowed', th: 'เครื่องนี้ไม่อยู่ในรายการที่อนุญาต', en: 'x' }),
      new Reply(201, { webhookKey: '8', secret: 'whsec_1' }),
    ];
    const calls = serve(channels({ 'POST /webhooks': () => answers.shift() }));
    const { user, container } = renderPage(<ChannelsPage />, place);
    await screen.findByText('ระบบสารบรรณ');
    await user.click(hooks().getByRole('button', { name: 'เพิ่มโปรแกรมปลายทาง' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('ชื่อ'), 'แดชบอร์ด');
    await user.type(dialog.getByLabelText('ที่อยู่'), 'https://x.example/hook');
    await user.click(dialog.getByRole('checkbox', { name: 'กำหนดเวลาตามกฎหมาย' }));
    await user.click(await dialog.findByRole('checkbox', { name: 'เจ้าหน้าที่คุ้มครองข้อมูล' }));
    await user.click(dialog.getByRole('button', { name: 'บันทึก' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('เครื่องนี้ไม่อยู่ในรายการที่อนุญาต');
    await user.click(dialog.getByRole('button', { name: 'บันทึก' }));
    await screen.findByText('whsec_1');
    await expectAccessible(container);
    await user.click(hooks().getByRole('button', { name: 'ปิด' }));
    expect(screen.queryByText('whsec_1')).toBeNull();
    expect(calls.findLast((call) => call.method === 'POST' && call.path === '/webhooks')?.body).toEqual({
      name: 'แดชบอร์ด',
      url: 'https://x.example/hook',
      topics: ['statutory'],
      groups: ['dpo'],
    });
  });

  it('tries, switches off, renews and removes a webhook', async () => {
    const calls = serve(
      channels({
        'POST /webhooks/7/trial': { accepted: false, reason: 'status 500' },
        'PUT /webhooks/7': new Reply(204),
        'POST /webhooks/7/secret': new Reply(201, { secret: 'whsec_2' }),
        'DELETE /webhooks/7': new Reply(204),
      }),
    );
    const { user } = renderPage(<ChannelsPage />, place);
    await screen.findByText('ระบบสารบรรณ');
    await user.click(hooks().getByRole('button', { name: 'ทดสอบ: ระบบสารบรรณ' }));
    await screen.findByText('ปลายทางไม่รับข้อความทดสอบ: status 500');
    await user.click(hooks().getByRole('button', { name: 'ปิดใช้: ระบบสารบรรณ' }));
    await screen.findByText('ปิดใช้แล้ว');
    const sent = calls.find((call) => call.method === 'PUT');
    expect(sent?.headers.get('If-Match')).toBe('"4"');
    expect(sent?.body).toEqual({ name: hook.name, url: hook.url, topics: hook.topics, groups: [], active: false });
    await user.click(hooks().getByRole('button', { name: 'เปลี่ยนรหัสลับ: ระบบสารบรรณ' }));
    await screen.findByText('whsec_2');
    await user.click(hooks().getByRole('button', { name: 'นำออก: ระบบสารบรรณ' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'นำออก' }));
    expect(calls.some((call) => call.method === 'DELETE' && call.path === '/webhooks/7')).toBe(true);
  });

  it('tells of a webhook that the system switched off', async () => {
    const off = { ...hook, active: false, failingSince: '2026-04-07T09:00:00Z', switchedOffAt: '2026-04-10T09:00:00Z' };
    serve(channels({ 'GET /webhooks': { items: [off] } }));
    renderPage(<ChannelsPage />, { ...place, language: 'en' });
    await screen.findByText(/The system switched it off on 10 Apr 2026/);
    screen.getByText('Off');
  });
});
