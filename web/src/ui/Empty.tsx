/** A list in which nothing is yet: what will be there and how it comes there, and where to go on. */
import type { ReactNode } from 'react';

interface Props {
  title: string;
  hint: string;
  /** what can be done now: a link or a button */
  children?: ReactNode;
}

export function Empty({ title, hint, children }: Props) {
  return (
    <div className="card empty">
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </div>
  );
}
