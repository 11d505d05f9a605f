import { EditorView } from '@codemirror/view';
import { act, screen, waitFor } from '@testing-library/react';
import { useRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import FeelEditor, { type FeelHandle } from '../../src/feel/FeelEditor';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { serve } from '../server';

const place = { pattern: '/', at: '/' };
const known = (name: string) => ({
  name,
  type: '',
  label: { th: null, en: null },
  sourceElementId: 'S',
  source: { th: 'เริ่ม', en: 'Start' },
  own: false,
});
const fault = { position: 4, line: 1, column: 5, message: { th: 'ขาดนิพจน์', en: 'an expression is missing' } };
const right = { fault: null, names: ['amount'] };

function office(answer: unknown = right) {
  return serve({ 'GET /authentication/me': me, 'POST /expressions/check': answer });
}

function Page({ value = '', onCommit = vi.fn() }: { value?: string; onCommit?: (text: string) => void }) {
  const handle = useRef<FeelHandle>(null);
  return (
    <>
      <FeelEditor
        label="เงื่อนไข"
        value={value}
        vocabulary={{ variables: [known('amount')], functions: [] }}
        handle={handle}
        onCommit={onCommit}
      />
      <button type="button" onClick={() => handle.current?.insert('amount')}>
        insert
      </button>
    </>
  );
}

const editor = () => screen.findByRole('textbox', { name: 'เงื่อนไข' });
async function type(text: string) {
  const view = EditorView.findFromDOM(await editor());
  act(() => view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
}

describe('the editor of expressions', () => {
  it('says what the server found wrong, at the field and in the language of the page', async () => {
    const calls = office({ fault, names: [] });
    const { container } = renderPage(<Page value="x + " />, place);
    await screen.findByText('ขาดนิพจน์');
    const field = await editor();
    await waitFor(() => expect(field).toHaveProperty('ariaInvalid', 'true'));
    expect(container.querySelector('.feel-fault')).not.toBeNull();
    expect(calls.find(({ path }) => path === '/expressions/check')?.body).toEqual({ expression: 'x + ', names: [] });
    await expectAccessible(container);
  });

  it('asks about a name that nothing writes', async () => {
    office({ fault: null, names: ['amount', 'amout'] });
    renderPage(<Page value="amount > amout" />, { ...place, language: 'en' });
    await screen.findByText(/Nothing before this step writes amout;/);
  });

  it('changes the diagram once, when it is left', async () => {
    office();
    const onCommit = vi.fn();
    const { user } = renderPage(<Page value="amount" onCommit={onCommit} />, place);
    (await editor()).focus();
    await type(' amount > 5 ');
    expect(onCommit).not.toHaveBeenCalled();
    await user.tab();
    expect(onCommit.mock.calls).toEqual([['amount > 5']]);
  });

  it('keeps what was typed when the field goes', async () => {
    office();
    const onCommit = vi.fn();
    const { unmount } = renderPage(<Page onCommit={onCommit} />, place);
    await type('1');
    unmount();
    expect(onCommit.mock.calls).toEqual([['1']]);
  });

  it('puts in what is chosen, as a word of its own', async () => {
    office();
    const onCommit = vi.fn();
    const { user } = renderPage(<Page value="x >" onCommit={onCommit} />, place);
    await editor();
    await user.click(screen.getByRole('button', { name: 'insert' }));
    expect(onCommit.mock.calls).toEqual([['x > amount']]);
  });

  it('takes no more than the server does', async () => {
    office();
    renderPage(<Page value="1" />, place);
    await type('x'.repeat(10_001));
    expect((await editor()).textContent).toBe('1');
  });
});
