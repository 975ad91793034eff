import { ApiError, GatewayUnreachable } from '@slipway/api-client';
import { exitCodeOf, UsageError } from './exit-codes';

const refused = (status: number): ApiError =>
  new ApiError({ type: 'about:blank', title: '', status, code: 'forbidden', detail: '', request_id: 'r' } as ApiError['problem'], status);

it.each([
  [new UsageError('no'), 2],
  [new GatewayUnreachable('http://x', 'no'), 4],
  [refused(400), 2],
  [refused(403), 3],
  [refused(404), 3],
  [refused(409), 3],
  [refused(413), 2],
  [refused(429), 4],
  [refused(500), 4],
  [refused(503), 4],
  [new Error('surprise'), 1],
])('%s ends with %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
