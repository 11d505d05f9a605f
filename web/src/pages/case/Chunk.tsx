/** A part of a long list that is drawn only near the window; elsewhere it keeps its place empty. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  rows: number;
  /** whether it is drawn at once, before it is known what is near */
  near: boolean;
  children: () => ReactNode;
}

/** How far from the window it is drawn, and how high (px) a row is taken to be that was never drawn. */
const MARGIN = '900px 0px';
const ROW = 104;

export function Chunk({ rows, near, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(near || typeof IntersectionObserver === 'undefined');
  const [height, setHeight] = useState(rows * ROW);
  useEffect(() => {
    if (!place.current || typeof IntersectionObserver === 'undefined') return undefined;
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
  }, []);
  return (
    <div ref={place} style={drawn ? undefined : { height }}>
      {drawn && children()}
    </div>
  );
}
