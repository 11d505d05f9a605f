/** One polite live region for the whole application: what has been done, said once and shown for some seconds. */
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import './announcer.css';

const Context = createContext<(text: string) => void>(() => undefined);
const SHOWN_FOR = 6000;

export function useAnnounce(): (text: string) => void {
  return use(Context);
}

export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<{ text: string; at: number } | null>(null);
  useEffect(() => {
    if (!message) return undefined;
    const timer = setTimeout(() => setMessage(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [message]);
  const announce = useCallback((text: string) => setMessage({ text, at: Date.now() }), []);
  const value = useMemo(() => announce, [announce]);
  return (
    <Context value={value}>
      {children}
      <div className="announcer" role="status" aria-live="polite">
        {message && <p key={message.at}>{message.text}</p>}
      </div>
    </Context>
  );
}
