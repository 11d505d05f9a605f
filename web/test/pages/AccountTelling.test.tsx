import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CalendarFeed } from '../../src/pages/account/CalendarFeed';
import { PushAddresses } from '../../src/pages/account/PushAddresses';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { Reply, serve } from '../server';

const place = { pattern: '/account', at: '/account' };
const FEED = '/authentication/me/calendar-feed';
const PUSH = '/authentication/me/push-addresses';
const part = (name: string) => within(screen.getByRole('region', { name }));

describe('where my account tells me of tasks', () => {
  it('adds an app, tries it, and removes it; its address is shown nowhere', async () => {
    const kept = [
      {
        pushAddressKey: '3',
        label: 'LINE',
        service: 'line',
        pushServiceKey: null,
        addedAt: '2026-04-10T09:00:00.000Z',
      },
    ];
    const calls = serve({
      'GET /authentication/me': me,
      [`GET ${PUSH}`]: { items: kept },
      'GET /push-services': { items: [] },
      [`POST ${PUSH}`]: new Reply(201, { pushAddressKey: '4' }),
      [`POST ${PUSH}/3/trial`]: { accepted: false, reason: 'not allowed' },
      [`DELETE ${PUSH}/3`]: new Reply(204),
    });
    const { user, container } = renderPage(<PushAddresses />, place);
    await user.click(await screen.findByRole('button', { name: 'ทดสอบ: LINE' }));
    await screen.findByText('ส่งข้อความทดสอบไม่ได้: not allowed');
    const push = part('แจ้งเตือนไปยังแอปของฉัน');
    await user.type(push.getByLabelText('ชื่อที่คุณเรียก'), 'ntfy');
    await user.type(push.getByLabelText('ที่อยู่ของแอป'), 'ntfys://ntfy.example/t{Enter}');
    await screen.findByText('เพิ่มแอปแล้ว');
    await expectAccessible(container);
    await user.click(push.getByRole('button', { name: 'นำออก: LINE' }));
    expect(calls.find(({ method, path }) => method === 'POST' && path === PUSH)?.body).toEqual({
      label: 'ntfy',
      address: 'ntfys://ntfy.example/t',
      pushServiceKey: null,
    });
    expect(calls.some(({ method, path }) => method === 'DELETE' && path === `${PUSH}/3`)).toBe(true);
  });

  it('adds an app through an account of the office by who one is there', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      [`GET ${PUSH}`]: { items: [] },
      'GET /push-services': { items: [{ pushServiceKey: '8', name: 'LINE ของสำนัก', service: 'line' }] },
      [`POST ${PUSH}`]: new Reply(201, { pushAddressKey: '4' }),
    });
    const { user, container } = renderPage(<PushAddresses />, place);
    await user.type(await screen.findByLabelText('รหัสของคุณในแอปนั้น'), 'U123');
    await user.type(screen.getByLabelText('ชื่อที่คุณเรียก'), 'LINE{Enter}');
    await screen.findByText('เพิ่มแอปแล้ว');
    await expectAccessible(container);
    await user.selectOptions(screen.getByLabelText('ส่งผ่าน'), 'ที่อยู่ของฉันเอง');
    screen.getByLabelText('ที่อยู่ของแอป');
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      label: 'LINE',
      address: 'U123',
      pushServiceKey: '8',
    });
  });

  it('makes the address of a calendar, changes what it holds, and revokes it', async () => {
    let state = {
      madeAt: null as string | null,
      groupTasks: null as boolean | null,
      statutory: null as boolean | null,
    };
    const url = 'https://work.example/v2/calendar-feeds/secret.ics';
    const calls = serve({
      'GET /authentication/me': me,
      [`GET ${FEED}`]: () => state,
      [`POST ${FEED}`]: () => {
        state = { madeAt: '2026-04-10T09:00:00.000Z', groupTasks: false, statutory: true };
        return new Reply(201, { url });
      },
      [`PUT ${FEED}`]: new Reply(204),
      [`DELETE ${FEED}`]: () => {
        state = { madeAt: null, groupTasks: null, statutory: null };
        return new Reply(204);
      },
    });
    const { user, container } = renderPage(<CalendarFeed />, place);
    await screen.findByRole('button', { name: 'สร้างที่อยู่ปฏิทิน' });
    const feed = part('ปฏิทินของฉัน');
    await user.click(feed.getByRole('checkbox', { name: /งานของกลุ่ม/ }));
    await user.click(feed.getByRole('button', { name: 'สร้างที่อยู่ปฏิทิน' }));
    await feed.findByText(url);
    expect(feed.getByRole('link').getAttribute('href')).toBe('webcal://work.example/v2/calendar-feeds/secret.ics');
    await user.click(feed.getByRole('button', { name: 'คัดลอก' }));
    expect(await navigator.clipboard.readText()).toBe(url);
    await feed.findByText(/สร้างที่อยู่เมื่อ/);
    await expectAccessible(container);
    await user.click(feed.getByRole('button', { name: 'ปิด' }));
    expect(screen.queryByText(url)).toBeNull();
    await user.click(feed.getByRole('checkbox', { name: /กำหนดเวลาตามกฎหมาย/ }));
    await screen.findByText('บันทึกแล้ว');
    await user.click(feed.getByRole('button', { name: 'เลิกใช้' }));
    await screen.findByRole('button', { name: 'สร้างที่อยู่ปฏิทิน' });
    expect(
      calls.filter(({ method, path }) => method !== 'GET' && path === FEED).map((c) => [c.method, c.body]),
    ).toEqual([
      ['POST', { groupTasks: false, statutory: true }],
      ['PUT', { groupTasks: false, statutory: false }],
      ['DELETE', undefined],
    ]);
  });
});
