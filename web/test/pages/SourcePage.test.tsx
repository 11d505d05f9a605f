import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import SourcePage from '../../src/pages/source/SourcePage';
import WorkbenchPage from '../../src/pages/workbench/WorkbenchPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

const place = { pattern: '/workbench/source', at: '/workbench/source' };
const id = (digit: string) => digit.repeat(40);
const reference = (name: string, kind: string, chosen: boolean) => ({ name, kind, commitId: id('a'), chosen });
const process = (processDefinitionId: string, state: string, publishedElsewhere = false) => ({
  processDefinitionId,
  state,
  publishedCommitId: null,
  publishedElsewhere,
});
const commit = (digit: string, message: string, published = false) => ({
  commitId: id(digit),
  author: 'เจ้าของกระบวนงาน',
  committedAt: '2026-04-10T02:00:00.000000Z',
  message,
  published,
});

function source(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /git-source': {
      available: true,
      references: [
        reference('draft', 'BRANCH', false),
        reference('main', 'BRANCH', true),
        reference('v1', 'TAG', false),
      ],
    },
    'POST /process-definitions/search': page([
      { processDefinitionKey: '9', processDefinitionId: 'leave', name: 'การลา', nameEn: 'Leave', version: 1 },
    ]),
    'POST /git-source/processes/search': page([
      process('leave', 'AHEAD', true),
      process('new-one', 'NEVER_PUBLISHED'),
      process('order', 'UP_TO_DATE'),
    ]),
    'POST /git-source/commits/search': page([commit('b', 'แก้เวลา\n\nเหลือ <b>๓</b> วัน'), commit('c', 'เริ่มต้น', true)]),
    ...more,
  };
}

const asked = (calls: Call[], path: string) => calls.filter((call) => call.path === path).map((call) => call.body);

describe('the Git source', () => {
  it('shows the processes of the branch that it stands at, and how each stands to what is published', async () => {
    const calls = serve(source());
    const { container } = renderPage(<SourcePage />, place);
    const list = within(await screen.findByRole('region', { name: 'กระบวนงานในแหล่งไฟล์' }));
    const link = await list.findByRole('link', { name: 'การลา' });
    expect(link.getAttribute('href')).toBe('/workbench/source?at=main&process=leave');
    const rows = list.getAllByRole('listitem').map((row) => row.textContent);
    expect(rows[0]).toContain('ใหม่กว่าที่เผยแพร่มีฉบับที่เผยแพร่จากที่อื่นใหม่กว่า');
    expect(rows[1]).toBe('new-oneยังไม่เคยเผยแพร่จากแหล่งนี้');
    expect(rows[2]).toBe('orderตรงกับที่เผยแพร่');
    expect(asked(calls, '/git-source/processes/search')[0]).toMatchObject({ filter: { reference: 'main' } });
    await expectAccessible(container);
  });

  it('goes to another branch, and keeps the process', async () => {
    const calls = serve(source());
    const { user, router } = renderPage(<SourcePage />, { ...place, at: '/workbench/source?process=leave' });
    await user.selectOptions(await screen.findByLabelText('สาขาหรือแท็ก'), 'แท็ก v1');
    expect(router.state.location.search).toBe('?at=v1&process=leave');
    await screen.findByText('แก้เวลา');
    const filter = { reference: 'v1', processDefinitionId: 'leave' };
    expect(asked(calls, '/git-source/commits/search').at(-1)).toMatchObject({ filter });
  });

  it('makes a draft of a commit by keyboard, and says what was left out', async () => {
    const made = new Reply(201, { draftKey: '70', leftOut: ['processes/leave/chart.png'] });
    const calls = serve(source({ 'POST /git-source/drafts': made }));
    const { user, router, container } = renderPage(<SourcePage />, {
      ...place,
      at: '/workbench/source?at=main&process=leave',
    });
    await screen.findByRole('region', { name: 'คอมมิตของ การลา' });
    const [first, second] = await screen.findAllByRole('listitem');
    expect(first?.textContent).toContain('โดย เจ้าของกระบวนงาน · ๑๐ เม.ย. ๒๕๖๙ ๐๙:๐๐');
    expect(screen.getByText('เหลือ <b>๓</b> วัน').innerHTML).toContain('&lt;b&gt;');
    expect(second?.textContent).toContain('เผยแพร่แล้ว');
    await expectAccessible(container);
    screen.getByRole('button', { name: 'สร้างร่างจากคอมมิต bbbbbbbbbb: แก้เวลา' }).focus();
    await user.keyboard('{Enter}');
    await screen.findByText('elsewhere');
    expect(router.state.location.pathname).toBe('/workbench/drafts/70');
    const body = { reference: 'main', commitId: id('b'), processDefinitionId: 'leave', name: 'การลา' };
    expect(asked(calls, '/git-source/drafts')).toEqual([body]);
    screen.getByText(/ไม่ได้นำมา ๑ ไฟล์/);
  });

  it('says why the source is refused, and tries again', async () => {
    const refused = problem(409, { code: 'git-hooks', th: 'แหล่งไฟล์มีฮุก', en: 'It has hooks' });
    const answers = [refused, source()['GET /git-source']];
    serve(source({ 'GET /git-source': () => answers.shift() }));
    const { user } = renderPage(<SourcePage />, { ...place, language: 'en' });
    expect((await screen.findByRole('alert')).textContent).toContain('It has hooks');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('link', { name: 'Leave' });
  });

  it('says what a draft was not made for', async () => {
    const refused = problem(409, { code: 'git-link-inside', th: 'มีลิงก์ในโฟลเดอร์', en: 'A link' });
    serve(source({ 'POST /git-source/drafts': refused }));
    const { user } = renderPage(<SourcePage />, { ...place, at: '/workbench/source?process=leave' });
    await user.click(await screen.findByRole('button', { name: /cccccccccc/ }));
    await screen.findByText('มีลิงก์ในโฟลเดอร์');
  });

  it('teaches what is to be done where there is none, or nothing in it', async () => {
    serve(source({ 'GET /git-source': { available: false, references: [] } }));
    const { container, unmount } = renderPage(<SourcePage />, place);
    await screen.findByRole('heading', { name: 'ยังไม่ได้กำหนดแหล่งไฟล์ Git' });
    await expectAccessible(container);
    unmount();
    serve(source({ 'GET /git-source': { available: true, references: [] } }));
    renderPage(<SourcePage />, place);
    await screen.findByRole('heading', { name: 'แหล่งไฟล์ Git ยังไม่มีสาขาหรือแท็ก' });
  });
});

describe('the workbench beside a Git source', () => {
  const workbench = {
    'POST /model-drafts/search': page([]),
    'POST /process-definitions/statistics/process-instances': page([]),
    'POST /process-definitions/statistics/process-instances-by-version': page([]),
  };

  it('says for how many processes it is newer', async () => {
    serve(source(workbench));
    renderPage(<WorkbenchPage />, { pattern: '/workbench', at: '/workbench' });
    const link = await screen.findByRole('link', { name: 'เปิดแหล่งไฟล์ Git' });
    expect(link.getAttribute('href')).toBe('/workbench/source');
    expect(link.parentElement?.textContent).toContain('ใหม่กว่าที่เผยแพร่ ๑ กระบวนงาน');
  });

  it('says so of one process, and nothing of one that the source has not', async () => {
    serve(source({ ...workbench, 'POST /git-source/processes/search': page([process('leave', 'AHEAD')]) }));
    const first = renderPage(<WorkbenchPage />, { pattern: '/workbench', at: '/workbench?process=leave' });
    const link = await screen.findByRole('link', { name: 'เปิดแหล่งไฟล์ Git' });
    expect(link.getAttribute('href')).toBe('/workbench/source?process=leave');
    expect(link.parentElement?.textContent).toContain('แหล่งไฟล์ Git ใหม่กว่าที่เผยแพร่');
    first.unmount();
    serve(source({ ...workbench, 'POST /git-source/processes/search': page([]) }));
    renderPage(<WorkbenchPage />, { pattern: '/workbench', at: '/workbench?process=leave' });
    await screen.findByRole('heading', { level: 1, name: 'การลา' });
    expect(screen.queryByRole('link', { name: 'เปิดแหล่งไฟล์ Git' })).toBeNull();
  });
});
