/** The dialog that puts tasks off, loaded when it is opened: its calendar is heavier than the inbox itself. */
import { lazy, Suspense, type ComponentProps } from 'react';
import type { SnoozeDialog } from './SnoozeDialog';

const Dialog = lazy(() => import('./SnoozeDialog').then((module) => ({ default: module.SnoozeDialog })));

export function Snooze(props: ComponentProps<typeof SnoozeDialog>) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
