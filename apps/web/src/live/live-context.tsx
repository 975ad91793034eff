import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { AuditEvent } from '../api/client';
import { LiveEvents, type LiveState } from './live-events';

const Context = createContext<LiveEvents | null>(null);

/** Keeps the page's event stream for as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const live = useMemo(() => new LiveEvents(queries), [queries]);
  useEffect(() => live.start(), [live]);
  return <Context value={live}>{children}</Context>;
}

function useLive(): LiveEvents {
  const live = useContext(Context);
  if (!live) throw new Error('useLive belongs inside LiveProvider');
  return live;
}

/** How the page's stream stands, and how to open it again when it was refused. */
export function useLiveState(): { readonly state: LiveState; readonly tryAgain: () => void } {
  const live = useLive();
  return { state: useSyncExternalStore(live.onState, live.getState), tryAgain: live.tryAgain };
}

/** Calls `listener`, which must be stable, with every event. */
export function useLiveEvent(listener: (event: AuditEvent) => void): void {
  const live = useLive();
  useEffect(() => live.onEvent(listener), [live, listener]);
}
