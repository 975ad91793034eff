import { ApiError, createApiClient, GatewayUnreachable, isTransient, type Schemas } from '@slipway/api-client';
import { csrfToken } from '../session/session';

let seen = 0;
/** What the event stream has told is never unsaid: later queries wait until the read models have got there. */
export const noteSeen = (position: number): void => {
  seen = Math.max(seen, position);
};
/** The log ends before that: it is another one, restored from a backup. */
export const forgetSeen = (): void => {
  seen = 0;
};

export const api = createApiClient({
  baseUrl: window.location.origin,
  csrfToken,
  source: 'ui',
  fetch: (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'GET' && seen > 0) request.headers.set('slipway-position', String(seen));
    return fetch(request);
  },
});

export type { Schemas };
export { ApiError, GatewayUnreachable, isTransient };
export type ReleaseView = Schemas['ReleaseView'];
export type PreviewView = Schemas['PreviewView'];
export type GroupView = Schemas['GroupView'];
export type GroupPreviewView = Schemas['GroupPreviewView'];
export type TicketView = Schemas['TicketView'];
/** A ticket as the inbox lists it: without its history. */
export type TicketEntry = Schemas['TicketEntry'];
export type SlotView = Schemas['SlotView'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type AuditEvent = Schemas['AuditEvent'];
export type EnvironmentView = Schemas['EnvironmentView'];
export type TargetView = Schemas['TargetView'];

/** Whether the error says that nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'unauthenticated' || error.code === 'token_expired');
