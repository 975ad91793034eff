import { SessionViewSchema } from '@slipway/contracts';
import type { Route } from './route';

export const sessionRoutes: readonly Route[] = [
  {
    name: 'getSession',
    tag: 'session',
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, what that may do where, and the CSRF token of a session',
    permissions: [],
    anyone: true,
    response: SessionViewSchema,
    status: 200,
  },
];
