import { useSyncExternalStore } from 'react';

/** Who is signed in, as far as the page needs to know; the gateway and the services decide what is allowed. */
export interface Session {
  readonly actorId: string;
  readonly actorType: 'human' | 'agent';
  readonly permissions: readonly string[];
  /** Names of projects; `*` is every project. */
  readonly projects: readonly string[];
}

const KEY = 'slipway.token';
const listeners = new Set<() => void>();
let token = window.sessionStorage.getItem(KEY);
let session = token ? read(token) : null;

function read(text: string): Session | null {
  try {
    const claims = JSON.parse(window.atob(text.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
    return {
      actorId: String(claims['sub']),
      actorType: claims['actor_type'] === 'agent' ? 'agent' : 'human',
      permissions: (claims['permissions'] as string[] | undefined) ?? [],
      projects: (claims['projects'] as string[] | undefined) ?? [],
    };
  } catch {
    return null;
  }
}

const tell = (): void => listeners.forEach((listener) => listener());

export const currentSession = (): Session | null => session;
export const currentToken = (): string => token ?? '';

export async function signIn(given: string): Promise<void> {
  const text = given.trim();
  const found = read(text);
  if (!found) throw new Error('This is not a token of this platform; copy one from tokens.json as it stands between its quotes.');
  const response = await fetch('/api/v1/projects?limit=1', { headers: { authorization: `Bearer ${text}` } });
  if (response.status === 401)
    throw new Error('The gateway does not accept this token; it may have expired or belong to another installation.');
  token = text;
  session = found;
  window.sessionStorage.setItem(KEY, text);
  tell();
}

export async function signOut(): Promise<void> {
  token = null;
  session = null;
  window.sessionStorage.removeItem(KEY);
  tell();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session | null => useSyncExternalStore(subscribe, currentSession);
export const useMay = (permission: string): boolean => useSession()?.permissions.includes(permission) ?? false;
