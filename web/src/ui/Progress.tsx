import type { ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components';
import './progress.css';

interface Props {
  label: string;
  done: number;
  total: number;
  /** the same in words */
  children: ReactNode;
}

/** How far something is; nothing of it is done while there is nothing to do yet. */
export function Progress({ label, done, total, children }: Props) {
  const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
  return (
    <ProgressBar value={percent} aria-label={label} className="progress">
      <div className="progress-track">
        <div className="progress-bar" style={{ width: `${percent}%` }} />
      </div>
      <span className="small">{children}</span>
    </ProgressBar>
  );
}
