/** A place in the form viewer's tree, which Preact draws, whose contents React draws. */
import { h, type ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { createElement, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { LanguageProvider, type Language } from '../i18n';

export function ReactPlace({ language, drawn }: { language: Language; drawn: ReactElement }): ComponentChild {
  const place = useRef<HTMLDivElement>(null);
  const rootRef = useRef<Root | null>(null);
  useEffect(() => {
    if (place.current) rootRef.current = createRoot(place.current);
    const mounted = rootRef.current;
    // React refuses to unmount a root while it is drawing; Preact may be asked to do so just then
    return () => setTimeout(() => mounted?.unmount());
  }, []);
  useEffect(() => {
    rootRef.current?.render(createElement(LanguageProvider, { initial: language, follow: false, children: drawn }));
  });
  return h('div', { ref: place });
}
