/**
 * The little Markdown of help texts: headings, paragraphs, lists, bold, code. It becomes elements and text, never HTML:
 * what looks like a tag or a link is shown as it is written, so nothing in it can run.
 */
import { Fragment } from 'react';

type Block = { kind: 'heading' | 'text'; text: string } | { kind: 'list'; items: string[] };

export function Markdown({ text }: { text: string }) {
  return blocksOf(text).map((block, at) => {
    if (block.kind === 'list')
      return (
        <ul key={at}>
          {block.items.map((item, number) => (
            <li key={number}>
              <Inline text={item} />
            </li>
          ))}
        </ul>
      );
    const Tag = block.kind === 'heading' ? 'h3' : 'p';
    return (
      <Tag key={at}>
        <Inline text={block.text} />
      </Tag>
    );
  });
}

/** The first heading, which is the title of the whole, and what stands under it. */
export function titled(text: string): { title: string; body: string } {
  const [first = '', ...rest] = text.trim().split('\n');
  return first.startsWith('# ') ? { title: first.slice(2).trim(), body: rest.join('\n') } : { title: '', body: text };
}

function blocksOf(text: string): Block[] {
  const parts = text.split(/\n\s*\n/).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    if (/^#+ /.test(part)) return { kind: 'heading', text: part.replace(/^#+ /, '') };
    if (part.startsWith('- ')) return { kind: 'list', items: part.slice(2).split(/\n- /).map(oneLine) };
    return { kind: 'text', text: oneLine(part) };
  });
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

function Inline({ text }: { text: string }) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, at) => {
    if (part.startsWith('**') && part.length > 4) return <strong key={at}>{part.slice(2, -2)}</strong>;
    if (part.startsWith('`') && part.length > 2) return <kbd key={at}>{part.slice(1, -1)}</kbd>;
    return <Fragment key={at}>{part}</Fragment>;
  });
}
