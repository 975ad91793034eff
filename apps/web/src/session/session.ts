import { ApiError, createApiClient, errorOf, type Schemas } from '@slipway/api-client';
import { useSyncExternalStore } from 'react';
import { mayIn, type Place } from './grants';

/** Who is signed in and what they may do where. The credential itself is a cookie that no script can read. */
export type Session = Schemas['SessionView'];

const BASE = window.location.origin;
const listeners = new Set<() => void>();
let session: Session | null = null;

function become(next: Session | null): void {
  session = next;
  listeners.forEach((listener) => listener());
}

export const currentSession = (): Session | null => session;
/** Proves to the gateway that a change comes from this page. */
export const csrfToken = (): string | undefined => session?.csrf_token ?? undefined;

/** Reads the session of the cookie, if there is one; once, before the page is drawn. @throws ApiError, GatewayUnreachable: it is not known */
export async function loadSession(): Promise<void> {
  try {
    become((await createApiClient({ baseUrl: BASE, source: 'ui' }).GET('/api/v1/session', {})).data ?? null);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    become(null);
  }
}

export interface WaysIn {
  readonly oidc: { readonly name: string } | null;
  readonly token: boolean;
}
/** @throws ApiError */
export async function waysIn(): Promise<WaysIn> {
  const response = await fetch('/auth/methods');
  if (!response.ok) throw await errorOf(response, BASE);
  return (await response.json()) as WaysIn;
}

/** Exchanges a token for a session. @throws ApiError `unauthenticated`, `token_expired` */
export async function signIn(token: string): Promise<void> {
  const response = await fetch('/auth/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: token.trim() }),
  });
  if (!response.ok) throw await errorOf(response, BASE);
  become((await response.json()) as Session);
}

/** Ends the session everywhere. @throws ApiError, GatewayUnreachable, TypeError: it goes on */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/logout', { method: 'POST', headers: { 'x-csrf-token': csrfToken() ?? '' } });
  if (!response.ok && response.status !== 401) throw await errorOf(response, BASE);
  become(null);
}

/** The gateway says that the session is over. */
export const forgetSession = (): void => {
  if (session) become(null);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session | null => useSyncExternalStore(subscribe, currentSession);
/** Whether to offer an act; the services decide. */
export const useMay = (permission: string, place?: Place): boolean => mayIn(useSession()?.grants ?? [], permission, place);
