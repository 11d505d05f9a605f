import { screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { Variables } from '../../src/api/types';
import { TaskControlPoints } from '../../src/pages/task/TaskControlPoints';
import { Button } from '../../src/ui/Button';
import { binding, controlPoint, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve, type Routes } from '../server';

const place = { pattern: '/tasks/:key', at: '/tasks/1' };
const condition = binding({ type: 'condition', expression: '=amount <= limit', field: null });
const points = [
  controlPoint({ controlPointId: 'cp-limit', binding: condition }),
  controlPoint({ controlPointId: 'cp-other', binding: condition, mandatory: false }),
];
const NOTHING: Variables = {};

function draw(assignee: string | null, routes: Routes) {
  const calls = serve({ 'GET /authentication/me': me, ...routes });
  function Filling() {
    const [filled, setFilled] = useState(NOTHING);
    return (
      <>
        <Button onPress={() => setFilled({ amount: 40 })}>type</Button>
        <TaskControlPoints
          task={userTask({ assignee })}
          points={points}
          waivers={[]}
          fields={[]}
          filled={filled}
          focusField={null}
          reload={() => undefined}
        />
      </>
    );
  }
  return { calls, ...renderPage(<Filling />, place) };
}

const JUDGE = 'POST /user-tasks/1/control-points/judgement';
const judge = ({ body }: { body: unknown }) => {
  const holds = (body as { variables: Variables }).variables.amount === 40;
  return { items: [{ controlPointId: 'cp-limit', satisfied: holds }] };
};

describe('the control points of a task that is being filled in', () => {
  it('are judged by the server as one types, and counted', async () => {
    const { user, container } = draw('dpo1', { [JUDGE]: judge });
    expect(await screen.findByText(/ยังไม่เป็นไปตามเงื่อนไข/)).toBeTruthy();
    expect(screen.getByText(/ครบ [0๐] จาก [1๑]/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'type' }));
    expect(await screen.findByText(/ครบ [1๑] จาก [1๑]/)).toBeTruthy();
    const [first, second] = screen.getAllByRole('listitem');
    expect(within(first as HTMLElement).getByText('ครบแล้ว')).toBeTruthy();
    // what the server said nothing of is judged when it is sent
    expect(within(second as HTMLElement).getByText('ระบบตรวจเงื่อนไขเมื่อส่งงาน')).toBeTruthy();
    await expectAccessible(container);
  });

  it('stay as they were when the server cannot judge them', async () => {
    const { calls } = draw('dpo1', { [JUDGE]: problem(503) });
    await waitFor(() => expect(calls.some(({ path }) => path.endsWith('/judgement'))).toBe(true));
    expect(screen.getAllByText('ระบบตรวจเงื่อนไขเมื่อส่งงาน')).toHaveLength(2);
  });

  it('are not asked about for who only looks on', async () => {
    const { calls, user } = draw('dpo2', { [JUDGE]: judge });
    await user.click(await screen.findByRole('button', { name: 'type' }));
    expect(screen.queryByText(/จุดควบคุมที่ต้องผ่าน/)).toBeNull();
    expect(calls.some(({ path }) => path.endsWith('/judgement'))).toBe(false);
  });
});
