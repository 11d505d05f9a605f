import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { NextSteps } from '../../src/pages/task/NextSteps';
import { EarlierForms } from '../../src/parts/earlier/EarlierForms';
import { form, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve } from '../server';

const place = { pattern: '/tasks/:key', at: '/tasks/1' };
const next = {
  elementId: 'Task_Sign',
  elementType: 'USER_TASK',
  name: { th: 'ลงนาม', en: 'Sign' },
  conditions: [
    { question: { th: 'มีความเสี่ยง', en: 'Is there a risk' }, answer: 'ใช่', otherwise: false },
    { question: { th: 'เกินเวลา', en: 'Too late' }, answer: null, otherwise: false },
  ],
  stepNumber: '6.1',
  standardTime: 'P3D',
  calendar: 'working',
  candidateGroups: ['dpo'],
  assignee: null,
  decidedLater: true,
};
const end = { ...next, elementId: 'End', elementType: 'END_EVENT', name: null, stepNumber: null, standardTime: null };
const otherwise = [{ question: next.conditions[0]?.question, answer: null, otherwise: true }];

describe('the steps that may follow', () => {
  const routes = {
    'GET /authentication/me': me,
    'GET /user-tasks/1/course': {
      next: [next, { ...end, conditions: otherwise, candidateGroups: [], decidedLater: false }],
    },
    'POST /groups/search': page([{ groupId: 'dpo', name: 'เจ้าหน้าที่', nameEn: 'Officers' }]),
  };

  it('say who, how long and on which conditions', async () => {
    serve(routes);
    const { container } = renderPage(<NextSteps taskKey="1" />, place);
    const [first, second] = await screen.findAllByRole('listitem');
    expect(first?.textContent).toContain('๖.๑ ลงนาม');
    expect(first?.textContent).toContain('เมื่อ มีความเสี่ยง: ใช่ · เกินเวลา');
    expect(first?.textContent).toContain('เวลามาตรฐาน ๓ วันทำการ');
    await waitFor(() => expect(first?.textContent).toContain('เจ้าหน้าที่ (ระบุตามข้อมูลของเรื่อง)'));
    expect(second?.textContent).toContain('สิ้นสุด');
    expect(second?.textContent).toContain('มีความเสี่ยง: กรณีอื่น');
    await expectAccessible(container);
  });

  it('are told in English, too', async () => {
    serve(routes);
    renderPage(<NextSteps taskKey="1" />, { ...place, language: 'en' });
    expect(await screen.findByText(/When Is there a risk: ใช่/)).toBeTruthy();
    expect(await screen.findByText('Sign')).toBeTruthy();
  });

  it('can be asked for again when they could not be read', async () => {
    serve({ ...routes, 'GET /user-tasks/1/course': problem(503) });
    renderPage(<NextSteps taskKey="1" />, place);
    expect(within(await screen.findByRole('alert')).getByRole('button')).toBeTruthy();
  });
});

describe('the forms of before', () => {
  const done = userTask({
    userTaskKey: '5',
    state: 'COMPLETED',
    completedBy: 'dpo2',
    completionDate: '2026-04-10T09:00:00.000Z',
  });

  it('are opened by keys, with the version and the data of then, to read alone', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      'POST /user-tasks/search': page([done]),
      'GET /user-tasks/5/filled-form': { form, variables: { report: 'ตามที่ส่ง' } },
      'POST /users/search': page([{ username: 'dpo2', name: 'สมหญิง' }]),
    });
    const { user, container } = renderPage(<EarlierForms processInstanceKey="300" />, place);
    const show = await screen.findByRole('button', { name: `ดูแบบฟอร์ม: ${done.name}` });
    expect(show.getAttribute('aria-expanded')).toBe('false');
    expect(calls.some(({ path }) => path.endsWith('/filled-form'))).toBe(false);
    await user.tab();
    await user.keyboard('{Enter}');
    expect(((await screen.findByLabelText(/^รายงาน/)) as HTMLInputElement).value).toBe('ตามที่ส่ง');
    expect((screen.getByLabelText(/^รายงาน/) as HTMLInputElement).readOnly).toBe(true);
    expect(screen.getByText(/แบบฟอร์มฉบับที่/)).toBeTruthy();
    expect(screen.getByText(/สมหญิง/)).toBeTruthy();
    await expectAccessible(container);
    await user.keyboard('{Enter}');
    expect(screen.queryByLabelText(/^รายงาน/)).toBeNull();
    expect(calls.find(({ path }) => path === '/user-tasks/search')?.body).toMatchObject({
      filter: { processInstanceKey: '300', state: 'COMPLETED' },
    });
  });

  it('say so where there is no form, and come page by page', async () => {
    const many = Array.from({ length: 10 }, (_, index) => ({ ...done, userTaskKey: `6${index}` }));
    let asked = 0;
    serve({
      'GET /authentication/me': me,
      'POST /user-tasks/search': () => (asked++ === 0 ? page(many, 'c') : page([done])),
      'GET /user-tasks/5/filled-form': new Reply(204),
      'POST /users/search': page([]),
    });
    const { user } = renderPage(<EarlierForms processInstanceKey="300" />, place);
    await user.click(await screen.findByRole('button', { name: 'แสดงเพิ่มเติม' }));
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(11));
    await user.click(screen.getAllByRole('button', { name: /ดูแบบฟอร์ม/ })[10] as HTMLElement);
    expect(await screen.findByText('งานนี้ไม่มีแบบฟอร์ม')).toBeTruthy();
  });

  it('are none in a new case', async () => {
    serve({ 'GET /authentication/me': me, 'POST /user-tasks/search': page([]) });
    renderPage(<EarlierForms processInstanceKey="300" />, place);
    expect(await screen.findByText('ยังไม่มีแบบฟอร์มที่ส่งแล้วในเรื่องนี้')).toBeTruthy();
  });
});
