/** A table that may be wider than a telephone: it scrolls by itself, also with the keys of who has no mouse. */
import type { ReactNode } from 'react';
import './scrolled.css';

/** `label` tells a screen reader what is scrolled. */
export function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scrolled" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
