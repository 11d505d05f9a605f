/** A part of a long list that is drawn only near the window; elsewhere it keeps its place empty, unless `always`. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  rows: number;
  /** whether it is drawn wherever it is: what reads or searches the page finds it then without going there */
  always: boolean;
  children: () => ReactNode;
}

/** How far from the window it is drawn, and how high (px) a row is taken to be that was never drawn. */
const MARGIN = '900px 0px';
const ROW = 104;

export function Chunk({ rows, always, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(typeof IntersectionObserver === 'undefined');
  const [height, setHeight] = useState(rows * ROW);
  useEffect(() => {
    if (always || !place.current || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver(
      (changes) => {
        const latest = changes.at(-1);
        if (!latest) return;
        if (!latest.isIntersecting && latest.boundingClientRect.height > 0) setHeight(latest.boundingClientRect.height);
        setDrawn(latest.isIntersecting);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [always]);
  const shown = always || drawn;
  return (
    <div ref={place} style={shown ? undefined : { height }}>
      {shown && children()}
    </div>
  );
}
