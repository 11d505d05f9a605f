/** The one h1 of a page; also the title of the window. After a change of page the focus stands here, for screen readers. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useI18n } from '../i18n';

export function PageTitle({ children, title }: { children: ReactNode; title?: string }) {
  const { t } = useI18n();
  const heading = useRef<HTMLHeadingElement>(null);
  const text = title ?? (typeof children === 'string' ? children : '');
  useEffect(() => {
    document.title = text ? `${text} · ${t('app.name')}` : t('app.name');
  }, [text, t]);
  useEffect(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
